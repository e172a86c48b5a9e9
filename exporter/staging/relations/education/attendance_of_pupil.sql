-- A row is a pupil of 5 to 15 at the start of the school year in a period, with the sessions of all state-funded schools that the
-- pupil attended; a summary is of the period in which its last day lies, and nobody misses more sessions than were possible.
-- Windows that begin together are added up from one to the next, so that a year of days reads every summary once.
with step as (
    select kind,
           starts,
           ends,
           coalesce(lag(ends) over (partition by kind, starts order by ends) + 1, starts) as step_starts,
           row_number() over (order by kind, starts, ends)                                as step_number,
           dense_rank() over (order by kind, starts)                                      as series_number
    from period
),
step_day as (
    select step_number, generate_series(step_starts, ends, interval '1 day')::date as day -- a cross join would need a nested loop
    from step
),
registered as (
    select urn,
           array_position(array['nursery', 'primary', 'secondary', 'post16', 'all_through', 'special', 'ap'], phase) as phase_number,
           school_type in ('independent', 'college', 'other')                                                       as not_state_funded
    from school
),
attended as (
    select pupil_id,
           urn,
           last_day,
           possible,
           least(greatest(authorised, 0), possible)   as authorised,
           least(greatest(unauthorised, 0), possible) as unauthorised
    from sessions_missed
    where possible > 0
      and pupil_id is not null
      and last_day >= (select min(starts) from period)
      and last_day + 0 <= (select max(ends) from period) -- a range that the planner knows as one it takes for a handful of rows
),
added as (
    select step_day.step_number,
           attended.pupil_id,
           sum(attended.possible)   as possible,
           sum(attended.authorised) as authorised,
           sum(least(attended.unauthorised, attended.possible - attended.authorised)) as unauthorised,
           max(((attended.last_day - date '1900-01-01') * 1000::bigint + least(attended.possible, 999)::bigint) * 10
               + coalesce(registered.phase_number, 0)) as latest
    from attended
    join step_day         on step_day.day = attended.last_day
    left join registered  on registered.urn = attended.urn
    where registered.not_state_funded is not true
    group by step_day.step_number, attended.pupil_id
),
attending as (
    select step.series_number, added.pupil_id, min(added.step_number) as first_step
    from added
    join step on step.step_number = added.step_number
    group by step.series_number, added.pupil_id
),
running as (
    select step.kind,
           step.ends,
           attending.pupil_id,
           extract(year from step.starts - interval '7 months')::integer - extract(year from pupil.born - interval '8 months')::integer - 5 as year_group,
           sum(added.possible) over so_far     as possible,
           sum(added.authorised) over so_far   as authorised,
           sum(added.unauthorised) over so_far as unauthorised,
           max(added.latest) over so_far % 10  as phase_number
    from attending
    join step             on step.series_number = attending.series_number
                         and step.step_number >= attending.first_step
    left join added       on added.step_number = step.step_number
                         and added.pupil_id = attending.pupil_id
    left join pupil       on pupil.pupil_id = attending.pupil_id
    window so_far as (partition by step.series_number, attending.pupil_id order by step.step_number)
)
select kind,
       ends,
       pupil_id,
       case
           when phase_number = 4                      then 'secondary'
           when phase_number = 5 and year_group < 7   then 'primary'
           when phase_number = 5 and year_group >= 7  then 'secondary'
           when phase_number = 7                      then 'alternative provision'
           else (array['nursery', 'primary', 'secondary', null, null, 'special'])[phase_number]
       end as phase,
       possible,
       authorised,
       unauthorised
from running
where year_group is null
   or year_group between 1 and 11
