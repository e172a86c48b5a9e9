-- A row is a child looked after on the day, with the social workers to whom its case was allocated in the last twelve months.
-- A worker who comes back counts once.
with worked as (
    select looked_after.day,
           looked_after.person_id,
           count(distinct worker_of_child.worker_id) as workers,
           (array_agg(worker_of_child.change_reason
                      order by worker_of_child.starts desc, worker_of_child.involvement_id))[1] as reason
    from looked_after
    join worker_of_child on worker_of_child.person_id = looked_after.person_id
                        and worker_of_child.starts <= looked_after.day
                        and (worker_of_child.ends is null
                             or worker_of_child.ends > looked_after.year_began)
    group by looked_after.day, looked_after.person_id
)
select period.kind,
       period.ends,
       looked_after.person_id,
       coalesce(worked.workers, 0) as workers,
       worked.reason,
       allocation.team
from period
join looked_after     on looked_after.day = period.ends
left join worked      on worked.day = looked_after.day
                     and worked.person_id = looked_after.person_id
left join allocation  on allocation.day = looked_after.day
                     and allocation.person_id = looked_after.person_id
where period.kind = 'snapshot'
