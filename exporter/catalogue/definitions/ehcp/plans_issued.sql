-- A row is a final education, health and care plan issued in the period. A plan moved in was issued by another authority.
with request as (
    select request_id, min(received) as received
    from ehc_request
    group by request_id
),
excepted as (
    select distinct request_id
    from ehc_assessment
    where assessment_exception
)
select period.kind,
       period.ends,
       ehc_plan.plan_id,
       ehc_plan.pupil_id,
       case when request.received <= ehc_plan.issued then request.received end as received,
       ehc_plan.issued,
       excepted.request_id is not null                                         as excepted
from period
join ehc_plan       on ehc_plan.issued between period.starts and period.ends
                   and ehc_plan.transferred_in is not true
left join request   on request.request_id = ehc_plan.request_id
left join excepted  on excepted.request_id = ehc_plan.request_id
