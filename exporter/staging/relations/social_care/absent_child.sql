-- A row is a time that a child was missing, or away without authorisation, and whether from care or from home. A time
-- without a recorded kind counts as missing.
with from_care as (
    select distinct missing_episode.person_id, missing_episode.went
    from missing_episode
    join care_spell on care_spell.person_id = missing_episode.person_id
                   and care_spell.starts <= missing_episode.went
                   and (care_spell.ends is null or care_spell.ends > missing_episode.went)
)
select distinct
       missing_episode.missing_id,
       missing_episode.person_id,
       missing_episode.went,
       missing_episode.returned,
       missing_episode.returned_at,
       coalesce(missing_episode.absence, 'missing')                            as absence,
       case when from_care.person_id is not null then 'care' else 'home' end   as missing_from,
       missing_episode.interview_offered,
       missing_episode.interview_accepted
from missing_episode
left join from_care  on from_care.person_id = missing_episode.person_id
                    and from_care.went = missing_episode.went
left join child      on child.person_id = missing_episode.person_id
where missing_episode.person_id is not null
  and missing_episode.went is not null
  and (child.died is null or child.died > missing_episode.went)
  and (child.born is null or child.born > missing_episode.went - interval '18 years')
