-- A row is a worker who holds at least one open case on the day, in the team from which most of the cases come.
with held as (
    select day,
           worker_id,
           team,
           count(*)      as cases,
           min(staff_id) as staff_id,
           min(fte)      as fte
    from case_held
    group by day, worker_id, team
)
select period.kind,
       period.ends,
       held.worker_id,
       coalesce(min(held.staff_id), held.worker_id)                                        as worker,
       (array_agg(held.team order by held.team is null, held.cases desc, held.team))[1]    as team,
       sum(held.cases)                                                                     as cases,
       min(held.fte)                                                                       as fte
from period
join held on held.day = period.ends
where period.kind = 'snapshot'
group by period.kind, period.ends, held.worker_id
