-- A row is an assessment in progress on the day: agreed to, and neither a plan nor a decision against one has come of it. A
-- plan of the child issued since the request ends it, whichever request it names. Where the refusal of a request was
-- overturned the return keeps the refusal, so that an assessment on record counts as agreed.
with outcome as (
    select request_id,
           bool_or(assessment_exception)                                                         as excepted,
           (array_agg(assessment_outcome order by assessment_outcome_day desc nulls last, assessment_id desc))[1]
                                                                                                 as outcome,
           max(assessment_outcome_day)                                                           as on_day
    from ehc_assessment
    group by request_id
),
plan_issued as (
    select request_id, received, min(issued) as issued
    from (
        select request_made.request_id, request_made.received, ehc_plan.issued
        from request_made
        join ehc_plan on ehc_plan.request_id = request_made.request_id
        union all
        select request_made.request_id, request_made.received, ehc_plan.issued
        from request_made
        join ehc_plan on ehc_plan.pupil_id = request_made.pupil_id
                     and ehc_plan.issued >= request_made.received
    ) as of_request_or_child
    group by request_id, received
),
assessed as (
    select request_made.request_id,
           request_made.pupil_id,
           request_made.received,
           request_made.request_team                                                             as team,
           greatest(request_made.received, request_made.request_outcome_day)                     as agreed,
           least(plan_issued.issued,
                 case when outcome.outcome in ('N', 'W') then coalesce(outcome.on_day, request_made.received) end)
                                                                                                 as ended,
           case when outcome.outcome in ('Y', 'H') then coalesce(outcome.on_day, request_made.received) end
                                                                                                 as plan_agreed,
           coalesce(outcome.excepted, false)                                                     as excepted
    from request_made
    left join outcome      on outcome.request_id = request_made.request_id
    left join plan_issued  on plan_issued.request_id = request_made.request_id
                          and plan_issued.received = request_made.received
    where request_made.request_outcome in ('Y', 'H')
       or outcome.request_id is not null and request_made.request_outcome is distinct from 'W'
)
select period.kind,
       period.ends,
       assessed.request_id,
       assessed.pupil_id,
       assessed.received,
       assessed.team,
       assessed.excepted,
       coalesce(assessed.plan_agreed <= period.ends, false) as plan_agreed
from period
join assessed    on assessed.agreed <= period.ends
                and (assessed.ended is null or assessed.ended > period.ends)
left join pupil  on pupil.pupil_id = assessed.pupil_id
where period.kind = 'snapshot'
  and (pupil.born is null or pupil.born > period.ends - interval '26 years')
