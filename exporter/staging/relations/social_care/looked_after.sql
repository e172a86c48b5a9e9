-- A row is a child looked after on the day, by the care episode that started last of those open, with the legal status
-- and placement of the day. A child in short breaks alone (V1, V3, V4) is not looked after in national counts (P9).
-- Beside a temporary move (T) the placement that waits for the child still stands. Years are taken from the day, not added
-- to the birthday, for the sake of who was born on 29 February; a year that ends with the 28th or 29th began on 1 March. A
-- period of care has one first day, whichever of its episodes is open.
with in_care as (
    select distinct on (period.ends, care_episode.person_id)
        period.ends as day,
        care_episode.person_id,
        care_episode.care_id,
        coalesce(period_of_care.entered_care, care_episode.entered_care, period_of_care.first_day, care_episode.starts) as entered_care,
        child.born
    from period
    join care_episode         on care_episode.starts <= period.ends
                             and (care_episode.ends is null or care_episode.ends > period.ends)
    left join (
        select care_id,
               min(entered_care) as entered_care,
               min(starts)       as first_day
        from care_episode
        group by care_id
    ) as period_of_care       on period_of_care.care_id = care_episode.care_id
    left join child           on child.person_id = care_episode.person_id
    where period.kind = 'snapshot'
      and care_episode.person_id is not null
      and (child.died is null or child.died > period.ends)
      and (child.born is null or child.born > period.ends - interval '18 years')
    order by period.ends, care_episode.person_id, care_episode.starts desc, care_episode.episode_id
),
status_of_day as (
    select distinct on (in_care.day, in_care.person_id)
        in_care.day,
        in_care.person_id,
        legal_status.legal_status
    from in_care
    join legal_status on legal_status.person_id = in_care.person_id
                     and legal_status.legal_status is not null
                     and legal_status.starts <= in_care.day
                     and (legal_status.ends is null or legal_status.ends > in_care.day)
    order by in_care.day, in_care.person_id,
             legal_status.legal_status in ('V1', 'V3', 'V4'), legal_status.starts desc, legal_status.legal_status_id
),
placement_of_day as (
    select distinct on (in_care.day, in_care.person_id)
        in_care.day,
        in_care.person_id,
        placement.placement_id,
        placement.placement_type,
        placement.starts as placed
    from in_care
    join placement    on placement.care_id = in_care.care_id
                     and placement.starts <= in_care.day
                     and (placement.ends is null or placement.ends > in_care.day)
    order by in_care.day, in_care.person_id,
             coalesce(placement.placement_type like 'T%', false), placement.starts desc, placement.placement_id
)
select in_care.day,
       greatest((in_care.day - interval '1 year')::date + 1, (in_care.day + 1 - interval '1 year')::date) as year_began,
       in_care.person_id,
       in_care.care_id,
       in_care.entered_care,
       in_care.born,
       status_of_day.legal_status,
       placement_of_day.placement_id,
       placement_of_day.placement_type,
       placement_of_day.placed
from in_care
left join status_of_day     on status_of_day.day = in_care.day
                           and status_of_day.person_id = in_care.person_id
left join placement_of_day  on placement_of_day.day = in_care.day
                           and placement_of_day.person_id = in_care.person_id
where status_of_day.legal_status is null
   or status_of_day.legal_status not in ('V1', 'V3', 'V4')
