-- A row is a child with an allocated worker on the day: the involvement that started last of those open.
select distinct on (period.ends, involvement.person_id)
    period.ends                                    as day,
    involvement.person_id,
    coalesce(worker.worker_id, involvement.professional) as worker_id,
    coalesce(team.team_name, involvement.involved_team)  as team,
    involvement.starts                             as allocated
from period
join involvement   on involvement.role = 'allocated'
                  and involvement.starts <= period.ends
                  and (involvement.ends is null or involvement.ends > period.ends)
left join worker   on worker.worker_id = involvement.professional
left join team     on team.team_id = involvement.involved_team
where period.kind = 'snapshot'
order by period.ends, involvement.person_id, involvement.starts desc, involvement.involvement_id
