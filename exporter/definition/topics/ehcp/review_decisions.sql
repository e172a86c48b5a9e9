-- A row is an annual review that the period settled: by the decision on the plan, or by four weeks without one after the
-- meeting, whichever came first. A decision of an unknown day, or of a day before the meeting, cannot be judged.
with held as (
    select distinct on (plan_id, review_meeting)
        plan_id,
        review_meeting,
        review_decision_day
    from ehc_annual_review
    where review_decision_day >= review_meeting
       or review_decision_day is null and review_decision is null
    order by plan_id, review_meeting, review_decision_day
)
select period.kind,
       period.ends,
       held.plan_id,
       held.review_meeting       as meeting,
       held.review_decision_day  as decided
from period
cross join limits
join held on least(held.review_decision_day, held.review_meeting + limits.ehcp_review_decision + 1)
             between period.starts and period.ends
