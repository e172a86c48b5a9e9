-- A row is a child on a child protection plan on the day, the latest visit at which the child was seen, and the day that
-- visit was first written down, as the council's own sheet has it.
with seen_day as (
    select visit_of_child.person_id,
           visit_of_child.held,
           min(visit_method.recorded) as recorded
    from visit_of_child
    left join visit_method on visit_method.visit_id = visit_of_child.visit_id
    where visit_of_child.seen
    group by visit_of_child.person_id, visit_of_child.held
),
visit_in_order as (
    select person_id,
           held,
           recorded,
           lag(held) over (partition by person_id order by held)  as seen_before,
           lead(held) over (partition by person_id order by held) as seen_next
    from seen_day
    where held is not null
)
select period.kind,
       period.ends,
       on_plan.person_id,
       on_plan.plan_id,
       greatest(on_plan.starts, visit_in_order.seen_before) as counted_from,
       visit_in_order.held                                  as last_seen,
       visit_in_order.recorded,
       allocation.team
from period
join on_plan              on on_plan.day = period.ends
left join visit_in_order  on visit_in_order.person_id = on_plan.person_id
                         and visit_in_order.held between on_plan.starts and on_plan.day
                         and (visit_in_order.seen_next is null or visit_in_order.seen_next > on_plan.day)
left join allocation      on allocation.day = on_plan.day
                         and allocation.person_id = on_plan.person_id
where period.kind = 'snapshot'
