-- A row is the end of a child's time on a child protection plan, in the period.
select period.kind,
       period.ends,
       new_plan.plan_id,
       new_plan.person_id,
       new_plan.plan_begun,
       new_plan.plan_ended,
       new_plan.category_at_end as category,
       case
           when new_plan.plan_ended - new_plan.plan_begun > limits.cp_plan_long         then '2 years and over'
           when new_plan.plan_begun + interval '1 year' <= new_plan.plan_ended          then '1 to 2 years'
           when new_plan.plan_begun + interval '6 months' <= new_plan.plan_ended        then '6 to 12 months'
           when new_plan.plan_begun + interval '3 months' <= new_plan.plan_ended        then '3 to 6 months'
           else 'under 3 months'
       end                      as length
from period
cross join limits
join new_plan on new_plan.plan_ended between period.starts and period.ends
