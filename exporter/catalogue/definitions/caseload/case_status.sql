-- A row is a worker and a status of the cases that the worker holds on the day.
select period.kind,
       period.ends,
       case_held.worker_id,
       case_held.case_status,
       count(*)           as cases,
       min(case_held.fte) as fte
from period
join case_held on case_held.day = period.ends
where period.kind = 'snapshot'
group by period.kind, period.ends, case_held.worker_id, case_held.case_status
