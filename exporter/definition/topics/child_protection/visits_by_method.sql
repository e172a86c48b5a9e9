-- A row is a visit to a child on a child protection plan, held in the period, and how it took place as the council's own
-- sheet has it; the sheet's latest entry on a visit holds.
with noted as (
    select visit_id,
           (array_agg(method order by recorded desc nulls last, method))[1] as method
    from visit_method
    group by visit_id
)
select period.kind,
       period.ends,
       visit_on_plan.visit_id,
       visit_on_plan.person_id,
       visit_on_plan.held,
       noted.method
from period
join visit_on_plan  on visit_on_plan.held between period.starts and period.ends
left join noted     on noted.visit_id = visit_on_plan.visit_id
