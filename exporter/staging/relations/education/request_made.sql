-- A row is a request for an assessment made to this authority. Of several about one child on a day, as when parent and
-- school both write, the one decided first counts. A child who moved in with a plan was assessed elsewhere.
select distinct on (coalesce(pupil_id, 'request ' || request_id), received)
    request_id,
    pupil_id,
    received,
    request_source,
    request_outcome,
    request_outcome_day,
    request_excepted,
    request_team
from ehc_request
where received is not null
  and request_moved_in is not true
order by coalesce(pupil_id, 'request ' || request_id), received, request_outcome_day, request_id
