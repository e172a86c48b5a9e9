-- A row is a child with an open case on the day and the most intensive kind of work the case has.
select period.kind,
       period.ends,
       in_need_status.person_id,
       in_need_status.case_status
from period
join in_need_status on in_need_status.day = period.ends
where period.kind = 'snapshot'
