-- A row is a child on a child protection plan on the day.
with latest_visit as (
    select visited_person as person_id, max(held) as last_seen
    from cp_visit
    where seen
    group by visited_person
),
held as (
    select involvement.person_id,
           worker.worker_id                                       as worker,
           coalesce(team.team_name, involvement.involved_team)    as team
    from involvement
    left join worker on worker.worker_id = involvement.professional
    left join team   on team.team_id = involvement.involved_team
    where involvement.role = 'allocated'
)
select period.kind,
       period.ends,
       cp_plan.person_id,
       cp_plan.starts as plan_start,
       person.born,
       latest_visit.last_seen,
       held.worker,
       held.team
from period
join cp_plan           on cp_plan.starts <= period.ends
                      and (cp_plan.ends is null or cp_plan.ends > period.ends)
left join person       on person.person_id = cp_plan.person_id
left join latest_visit on latest_visit.person_id = cp_plan.person_id
left join held         on held.person_id = cp_plan.person_id
