-- A row is a child with an allocated worker on the day: the involvement that started last of those open.
-- What ended before the first day is most of the table and is left aside at once. A row names its worker by either of the
-- worker's numbers (P24).
with carried as materialized (
    select involvement.involvement_id,
           involvement.person_id,
           coalesce(worker.worker_id, by_staff_number.worker_id, involvement.professional) as worker_id,
           coalesce(team.team_name, involvement.involved_team)                             as team,
           involvement.starts,
           involvement.ends
    from involvement
    left join worker  on worker.worker_id = involvement.professional
    left join worker as by_staff_number
                      on by_staff_number.staff_id = involvement.professional
                     and worker.worker_id is null
    left join team    on team.team_id = involvement.involved_team
    where involvement.role = 'allocated'
      and involvement.person_id is not null
      and (involvement.ends is null
           or involvement.ends > (select min(period.ends) from period where period.kind = 'snapshot'))
)
select distinct on (period.ends, carried.person_id)
    period.ends     as day,
    carried.person_id,
    carried.worker_id,
    carried.team,
    carried.starts  as allocated
from period
join carried  on carried.starts <= period.ends
             and (carried.ends is null or carried.ends > period.ends)
where period.kind = 'snapshot'
order by period.ends, carried.person_id, carried.starts desc, carried.involvement_id, carried.worker_id
