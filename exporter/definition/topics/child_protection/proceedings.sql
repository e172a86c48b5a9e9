-- A row is a child on a child protection plan on the day, and whether a court has the case before it: an interim care
-- order stands while it has.
with before_court as (
    select distinct on_plan.day, on_plan.person_id
    from on_plan
    join legal_status  on legal_status.person_id = on_plan.person_id
                      and legal_status.legal_status = 'C1'
                      and legal_status.starts <= on_plan.day
                      and (legal_status.ends is null or legal_status.ends > on_plan.day)
)
select period.kind,
       period.ends,
       on_plan.person_id,
       on_plan.plan_id,
       on_plan.starts as plan_start,
       case when before_court.person_id is not null then 'interim order' else 'none' end as proceedings
from period
join on_plan            on on_plan.day = period.ends
left join before_court  on before_court.day = on_plan.day
                       and before_court.person_id = on_plan.person_id
where period.kind = 'snapshot'
