-- A row is a child on a child protection plan on the day and how its reviews kept to time. A conference on the day the plan
-- started is the initial one, not a review.
with review as (
    select on_plan.day,
           on_plan.person_id,
           on_plan.starts,
           review_of_child.conference_held,
           lag(review_of_child.conference_held) over (
               partition by on_plan.day, on_plan.person_id
               order by review_of_child.conference_held
           ) as review_before
    from on_plan
    join review_of_child on review_of_child.person_id = on_plan.person_id
                        and review_of_child.conference_held > on_plan.starts
                        and review_of_child.conference_held <= on_plan.day
),
reviewed as (
    select review.day,
           review.person_id,
           max(review.conference_held)    as last_review,
           count(*) filter (
               where review.conference_held > coalesce(
                   review.review_before + make_interval(months => limits.cp_review_next),
                   review.starts + make_interval(months => limits.cp_review_first)
               )
           )                              as late_reviews
    from review
    cross join limits
    group by review.day, review.person_id
)
select period.kind,
       period.ends,
       on_plan.person_id,
       on_plan.plan_id,
       on_plan.starts                     as plan_start,
       reviewed.last_review,
       coalesce(reviewed.late_reviews, 0) as late_reviews,
       coalesce(
           reviewed.last_review + make_interval(months => limits.cp_review_next),
           on_plan.starts + make_interval(months => limits.cp_review_first)
       )::date                            as next_due,
       allocation.team
from period
cross join limits
join on_plan          on on_plan.day = period.ends
left join reviewed    on reviewed.day = on_plan.day
                     and reviewed.person_id = on_plan.person_id
left join allocation  on allocation.day = on_plan.day
                     and allocation.person_id = on_plan.person_id
where period.kind = 'snapshot'
