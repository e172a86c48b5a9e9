-- A row is a request for an education, health and care needs assessment received in the period, whatever came of it.
select period.kind,
       period.ends,
       request_made.request_id,
       request_made.pupil_id,
       request_made.received,
       request_made.request_source   as source,
       request_made.request_outcome  as outcome
from period
join request_made on request_made.received between period.starts and period.ends
