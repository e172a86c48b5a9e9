-- A row is a visit to a child on a child protection plan, held in the period. A visit names no team, so it is the team of
-- the worker to whom the case was allocated on the day (P22).
with visit as (
    select distinct
           visit_on_plan.visit_id,
           visit_on_plan.person_id,
           visit_on_plan.held,
           cp_visit.seen,
           cp_visit.seen_alone,
           extract(year from age(visit_on_plan.held, child.born))::integer as age_then
    from visit_on_plan
    join cp_visit     on cp_visit.visit_id = visit_on_plan.visit_id
                     and cp_visit.held = visit_on_plan.held
                     and coalesce(cp_visit.visited_person, visit_on_plan.person_id) = visit_on_plan.person_id
    left join child   on child.person_id = visit_on_plan.person_id
    where visit_on_plan.held >= (select min(period.starts) from period)
),
team_of_day as (
    select distinct on (visit.person_id, visit.held)
        visit.person_id,
        visit.held,
        coalesce(team.team_name, involvement.involved_team) as team
    from visit
    join involvement  on involvement.person_id = visit.person_id
                     and involvement.role = 'allocated'
                     and involvement.starts <= visit.held
                     and (involvement.ends is null or involvement.ends > visit.held)
    left join team    on team.team_id = involvement.involved_team
    order by visit.person_id, visit.held, involvement.starts desc, involvement.involvement_id
),
described as (
    select visit.visit_id,
           visit.person_id,
           visit.held,
           visit.seen,
           visit.seen_alone,
           visit.age_then,
           team_of_day.team
    from visit
    left join team_of_day  on team_of_day.person_id = visit.person_id
                          and team_of_day.held = visit.held
)
select period.kind,
       period.ends,
       described.visit_id,
       described.person_id,
       described.held,
       described.seen,
       described.seen_alone,
       described.age_then,
       described.team
from period
join described on described.held between period.starts and period.ends
