-- A row is a child who became looked after in the period, once for each period of care. An episode opens one where its
-- reason says so, or where none is recorded and no earlier episode of that period of care is known.
with opening as (
    select coalesce(care_id, 'episode ' || episode_id)  as care_key,
           episode_id,
           person_id,
           starts,
           care_need,
           born,
           died,
           episode_start_reason,
           row_number() over (
               partition by coalesce(care_id, 'episode ' || episode_id)
               order by starts, episode_id
           )                                            as nth
    from care_spell
)
select distinct on (period.kind, period.ends, opening.care_key)
    period.kind,
    period.ends,
    opening.care_key,
    opening.person_id,
    opening.starts     as entered_care,
    opening.care_need  as need
from period
join opening on opening.starts between period.starts and period.ends
where (opening.episode_start_reason = 'S'
       or opening.episode_start_reason is null and opening.nth = 1)
  and (opening.died is null or opening.died > opening.starts)
  and (opening.born is null or opening.born > opening.starts - interval '18 years')
order by period.kind, period.ends, opening.care_key, opening.starts, opening.episode_id
