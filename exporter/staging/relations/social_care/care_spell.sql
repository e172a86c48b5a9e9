-- A row is an episode of care that national figures count: not one during which a series of short breaks (V1, V3, V4) was
-- the child's only legal status (P9).
with in_short_breaks as (
    select care_episode.person_id,
           care_episode.starts,
           coalesce(care_episode.ends, 'infinity') as until
    from care_episode
    join legal_status on legal_status.person_id = care_episode.person_id
                     and (care_episode.ends is null
                          or legal_status.starts < greatest(care_episode.ends, care_episode.starts + 1))
                     and (legal_status.ends is null or legal_status.ends > care_episode.starts)
    where legal_status.legal_status is not null
      and legal_status.starts is not null
    group by care_episode.person_id, care_episode.starts, care_episode.ends
    having bool_and(legal_status.legal_status in ('V1', 'V3', 'V4'))
)
select distinct
       care_episode.episode_id,
       care_episode.person_id,
       care_episode.care_id,
       care_episode.starts,
       care_episode.ends,
       care_episode.episode_start_reason,
       care_episode.episode_end_reason,
       care_episode.care_need,
       child.born,
       child.died
from care_episode
left join in_short_breaks  on in_short_breaks.person_id = care_episode.person_id
                          and in_short_breaks.starts = care_episode.starts
                          and in_short_breaks.until = coalesce(care_episode.ends, 'infinity')
left join child            on child.person_id = care_episode.person_id
where care_episode.person_id is not null
  and care_episode.starts is not null
  and in_short_breaks.person_id is null
