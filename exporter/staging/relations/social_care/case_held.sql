-- A row is a child with an open case on the day, as a child in need, on a protection plan or looked after, and the worker
-- it is allocated to. A child counts once, whatever services it has. A manager, a reviewing officer or a team's inbox
-- does not carry the cases that stand in its name.
with holder as (
    select worker_id,
           min(staff_id)                                    as staff_id,
           min(case when fte > 0 and fte <= 2 then fte end) as fte,
           bool_or(holder = 'excluded')                     as in_name_only
    from worker
    group by worker_id
)
select allocation.day,
       allocation.person_id,
       allocation.worker_id,
       allocation.team,
       allocation.allocated,
       holder.staff_id,
       holder.fte,
       case
           when looked_after.person_id is not null  then 'CLA'
           when on_plan.person_id is not null       then 'CP'
           else 'CIN'
       end as case_status
from allocation
left join in_need       on in_need.day = allocation.day
                       and in_need.person_id = allocation.person_id
left join on_plan       on on_plan.day = allocation.day
                       and on_plan.person_id = allocation.person_id
left join looked_after  on looked_after.day = allocation.day
                       and looked_after.person_id = allocation.person_id
left join holder        on holder.worker_id = allocation.worker_id
where allocation.worker_id is not null
  and holder.in_name_only is not true
  and coalesce(in_need.person_id, on_plan.person_id, looked_after.person_id) is not null
