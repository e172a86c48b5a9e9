-- A row is a review conference about a child on a plan of this authority, held in the period: one for each child and day.
-- What was held on the day the plan started made the plan and is no review. Where several rows of a day differ, one that
-- says no holds.
with conference_of_child as (
    select coalesce(cp_review.reviewed_person, cp_plan.person_id) as person_id,
           cp_review.conference_held,
           bool_and(cp_review.quorate = 'yes')                    as quorate
    from cp_review
    left join cp_plan  on cp_plan.plan_id = cp_review.reviewed_plan
                      and cp_review.reviewed_person is null
    group by coalesce(cp_review.reviewed_person, cp_plan.person_id), cp_review.conference_held
),
review as (
    select distinct
           conference_of_child.person_id,
           conference_of_child.conference_held,
           conference_of_child.quorate
    from conference_of_child
    join cp_plan  on cp_plan.person_id = conference_of_child.person_id
                 and cp_plan.other_authority is not true
                 and cp_plan.starts < conference_of_child.conference_held
                 and (cp_plan.ends is null or cp_plan.ends >= conference_of_child.conference_held)
)
select period.kind,
       period.ends,
       review.person_id,
       review.conference_held,
       review.quorate
from period
join review on review.conference_held between period.starts and period.ends
