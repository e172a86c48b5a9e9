-- A row is a new final education, health and care plan issued in the period. A plan moved in was issued by another
-- authority. A plan that ceased and was started again is not new: it names the request of an earlier plan, or none while
-- its holder's plans go on.
with request as (
    select request_id, min(received) as received
    from ehc_request
    group by request_id
),
excepted as (
    select distinct request_id
    from ehc_assessment
    where assessment_exception
),
primary_need as (
    select plan_id, min(sen_type) as sen_type
    from ehc_plan_need
    where sen_type_rank = 1
    group by plan_id
),
in_order as (
    select plan_held.*,
           row_number() over (partition by request_id order by issued, plan_id) as of_request
    from plan_held
)
select period.kind,
       period.ends,
       in_order.plan_id,
       in_order.pupil_id,
       case when request.received <= in_order.issued then request.received end as received,
       in_order.issued,
       excepted.request_id is not null                                        as excepted,
       primary_need.sen_type                                                  as need
from period
join in_order           on in_order.issued between period.starts and period.ends
                       and in_order.transferred_in is not true
                       and case when in_order.request_id is null then not in_order.goes_on else in_order.of_request = 1 end
left join request       on request.request_id = in_order.request_id
left join excepted      on excepted.request_id = in_order.request_id
left join primary_need  on primary_need.plan_id = in_order.plan_id
