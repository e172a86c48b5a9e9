-- A row is a child with an open case on the day, as a child in need, on a protection plan or looked after, and the worker
-- it is allocated to. A child counts once, whatever services it has. A manager, a reviewing officer or a team's inbox
-- does not carry the cases that stand in its name.
with open_case as (
    select day, person_id, 3 as rank from in_need
    union all
    select day, person_id, 2 from on_plan
    union all
    select day, person_id, 1 from looked_after
)
select allocation.day,
       allocation.person_id,
       allocation.worker_id,
       allocation.team,
       allocation.allocated,
       case min(open_case.rank) when 1 then 'CLA' when 2 then 'CP' else 'CIN' end as case_status,
       min(worker.staff_id)  as staff_id,
       min(case when worker.fte > 0 and worker.fte <= 2 then worker.fte end) as fte
from open_case
join allocation  on allocation.day = open_case.day
                and allocation.person_id = open_case.person_id
left join worker on worker.worker_id = allocation.worker_id
where allocation.worker_id is not null
group by allocation.day, allocation.person_id, allocation.worker_id, allocation.team, allocation.allocated
having coalesce(min(worker.holder), 'other') <> 'excluded'
