-- A row is the start of a child's time on a child protection plan, in the period.
select period.kind,
       period.ends,
       new_plan.plan_id,
       new_plan.person_id,
       new_plan.plan_begun,
       new_plan.earlier_plan,
       new_plan.earlier_ended,
       new_plan.category_at_start as category
from period
join new_plan on new_plan.plan_begun between period.starts and period.ends
