-- A row is a person with an education, health and care plan in force on the day, with the last review held by then.
with last_meeting as (
    select plan_held.holder,
           ehc_annual_review.review_meeting,
           lead(ehc_annual_review.review_meeting)
               over (partition by plan_held.holder order by ehc_annual_review.review_meeting) as next_meeting
    from ehc_annual_review
    join plan_held on plan_held.plan_id = ehc_annual_review.plan_id
),
in_force as (
    select distinct on (period.ends, plan_held.holder)
        period.kind,
        period.ends,
        plan_held.plan_id,
        plan_held.pupil_id,
        plan_held.holder,
        plan_held.held_since
    from period
    join plan_held   on plan_held.issued <= period.ends
                    and (plan_held.ceased is null or plan_held.ceased > period.ends)
    left join pupil  on pupil.pupil_id = plan_held.pupil_id
    where period.kind = 'snapshot'
      and (pupil.born is null or pupil.born > period.ends - interval '26 years')
    order by period.ends, plan_held.holder, plan_held.issued desc, plan_held.plan_id desc
)
select in_force.kind,
       in_force.ends,
       in_force.plan_id,
       in_force.pupil_id,
       in_force.held_since,
       last_meeting.review_meeting as last_review
from in_force
left join last_meeting on last_meeting.holder = in_force.holder
                      and last_meeting.review_meeting <= in_force.ends
                      and (last_meeting.next_meeting is null or last_meeting.next_meeting > in_force.ends)
