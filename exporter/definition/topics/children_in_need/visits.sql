-- A row is a child on a child in need plan only, on the day, and the latest visit at which it was seen.
with seen_day as (
    select person_id,
           held,
           lead(held) over (partition by person_id order by held) as seen_next
    from (select distinct person_id, held from visit_in_need) as once
)
select period.kind,
       period.ends,
       plan.person_id,
       plan.cin_plan_id,
       plan.starts                                               as plan_start,
       seen_day.held                                             as last_seen,
       greatest(plan.starts, seen_day.held)                      as counted_from,
       coalesce(allocation.team, team.team_name, plan.need_team) as team
from period
join only_on_need_plan as plan  on plan.day = period.ends
left join seen_day              on seen_day.person_id = plan.person_id
                               and seen_day.held between plan.starts and plan.day
                               and (seen_day.seen_next is null or seen_day.seen_next > plan.day)
left join allocation            on allocation.day = plan.day
                               and allocation.person_id = plan.person_id
left join team                  on team.team_id = plan.need_team
where period.kind = 'snapshot'
