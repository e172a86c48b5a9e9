-- A row is a child with an allocated worker on the day: the involvement that started last of those open.
-- What ended before the first day is most of the table and is left aside at once.
with carried as (
    select involvement.involvement_id,
           involvement.person_id,
           involvement.professional,
           involvement.involved_team,
           involvement.starts,
           involvement.ends
    from involvement
    where involvement.role = 'allocated'
      and involvement.person_id is not null
      and (involvement.ends is null
           or involvement.ends > (select min(period.ends) from period where period.kind = 'snapshot'))
)
select distinct on (period.ends, carried.person_id)
    period.ends                                        as day,
    carried.person_id,
    coalesce(worker.worker_id, carried.professional)   as worker_id,
    coalesce(team.team_name, carried.involved_team)    as team,
    carried.starts                                     as allocated
from period
join carried       on carried.starts <= period.ends
                  and (carried.ends is null or carried.ends > period.ends)
left join worker   on worker.worker_id = carried.professional
left join team     on team.team_id = carried.involved_team
where period.kind = 'snapshot'
order by period.ends, carried.person_id, carried.starts desc, carried.involvement_id
