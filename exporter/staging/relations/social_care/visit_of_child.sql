-- A row is a visit to a child under a child protection plan. A build that does not say who was visited says under which
-- plan (P14).
select coalesce(cp_visit.visited_person, cp_plan.person_id) as person_id,
       cp_visit.visit_id,
       cp_visit.held,
       cp_visit.seen
from cp_visit
left join cp_plan  on cp_plan.plan_id = cp_visit.visit_plan
                  and cp_visit.visited_person is null
