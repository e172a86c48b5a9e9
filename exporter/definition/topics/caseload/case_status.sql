-- A row is a worker and a status of the cases that the worker holds on the day. A child in need without a plan whose
-- assessment is open is so far only being assessed.
with held as (
    select case_held.day,
           case_held.worker_id,
           case_held.fte,
           case
               when case_held.case_status = 'CIN' and in_need_status.case_status = 'assessment'  then 'assessment'
               else case_held.case_status
           end as case_status
    from case_held
    left join in_need_status  on in_need_status.day = case_held.day
                             and in_need_status.person_id = case_held.person_id
)
select period.kind,
       period.ends,
       held.worker_id,
       held.case_status,
       count(*)       as cases,
       min(held.fte)  as fte
from period
join held on held.day = period.ends
where period.kind = 'snapshot'
group by period.kind, period.ends, held.worker_id, held.case_status
