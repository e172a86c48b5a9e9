-- A row is a time that a child's case was allocated to one worker, whichever of the worker's numbers the row gives (P24). A
-- manager, a reviewing officer or a team's inbox holds a case in name only, and an allocation of no day is left out.
with holder as (
    select worker_id, bool_or(holder = 'excluded') as in_name_only
    from worker
    group by worker_id
)
select distinct
       involvement.involvement_id,
       involvement.person_id,
       coalesce(worker.worker_id, by_staff_number.worker_id, involvement.professional) as worker_id,
       involvement.starts,
       involvement.ends,
       involvement.change_reason
from involvement
left join worker  on worker.worker_id = involvement.professional
left join worker as by_staff_number
                  on by_staff_number.staff_id = involvement.professional
                 and worker.worker_id is null
left join holder  on holder.worker_id = coalesce(worker.worker_id, by_staff_number.worker_id, involvement.professional)
where involvement.role = 'allocated'
  and involvement.person_id is not null
  and involvement.professional is not null
  and involvement.starts is not null
  and (involvement.ends is null or involvement.ends > involvement.starts)
  and holder.in_name_only is not true
