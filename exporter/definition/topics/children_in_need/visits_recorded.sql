-- A row is a child on a child in need plan only, on the day, the latest visit at which it was seen, and the day that visit
-- was first written down, as the council's own sheet has it.
with seen_day as (
    select visit_in_need.person_id,
           visit_in_need.held,
           min(visit_method.recorded) as recorded
    from visit_in_need
    left join visit_method on visit_method.visit_id = visit_in_need.visit_id
    group by visit_in_need.person_id, visit_in_need.held
),
visit_in_order as (
    select person_id,
           held,
           recorded,
           lag(held) over (partition by person_id order by held)  as seen_before,
           lead(held) over (partition by person_id order by held) as seen_next
    from seen_day
)
select period.kind,
       period.ends,
       plan.person_id,
       plan.cin_plan_id,
       greatest(plan.starts, visit_in_order.seen_before)         as counted_from,
       visit_in_order.held                                       as last_seen,
       visit_in_order.recorded,
       coalesce(allocation.team, team.team_name, plan.need_team) as team
from period
join only_on_need_plan as plan  on plan.day = period.ends
left join visit_in_order        on visit_in_order.person_id = plan.person_id
                               and visit_in_order.held between plan.starts and plan.day
                               and (visit_in_order.seen_next is null or visit_in_order.seen_next > plan.day)
left join allocation            on allocation.day = plan.day
                               and allocation.person_id = plan.person_id
left join team                  on team.team_id = plan.need_team
where period.kind = 'snapshot'
