-- A row is a visit to a child on a day of its plan with this authority, the first and the last day among them. What is
-- dated before the plan or after its end is no visit under it.
select distinct
       visit_of_child.visit_id,
       visit_of_child.person_id,
       visit_of_child.held
from visit_of_child
join cp_plan  on cp_plan.person_id = visit_of_child.person_id
             and cp_plan.other_authority is not true
             and cp_plan.starts <= visit_of_child.held
             and (cp_plan.ends is null or cp_plan.ends >= visit_of_child.held)
