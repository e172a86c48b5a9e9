-- A row is a visit at which a child on a child in need plan was seen. What is filed among these visits counts only on a day
-- on which the child was on such a plan and neither on a protection plan nor looked after (P13); short breaks alone are no
-- care (P9).
with visit as (
    select distinct
           cin_visit.visit_id,
           coalesce(cin_visit.visited_child, visited_plan.person_id) as person_id,
           cin_visit.held
    from cin_visit
    left join cin_plan as visited_plan  on visited_plan.cin_plan_id = cin_visit.visited_need_plan
                                       and cin_visit.visited_child is null
    join cin_plan                       on cin_plan.person_id = coalesce(cin_visit.visited_child, visited_plan.person_id)
                                       and cin_plan.starts <= cin_visit.held
                                       and (cin_plan.ends is null or cin_plan.ends > cin_visit.held)
    where cin_visit.seen
),
protected_day as (
    select distinct visit.person_id, visit.held
    from visit
    join cp_plan  on cp_plan.person_id = visit.person_id
                 and cp_plan.other_authority is not true
                 and cp_plan.starts <= visit.held
                 and (cp_plan.ends is null or cp_plan.ends > visit.held)
),
day_in_care as (
    select visit.person_id, visit.held
    from visit
    join care_episode       on care_episode.person_id = visit.person_id
                           and care_episode.starts <= visit.held
                           and (care_episode.ends is null or care_episode.ends > visit.held)
    left join legal_status  on legal_status.person_id = visit.person_id
                           and legal_status.legal_status is not null
                           and legal_status.starts <= visit.held
                           and (legal_status.ends is null or legal_status.ends > visit.held)
    group by visit.person_id, visit.held
    having bool_and(legal_status.legal_status in ('V1', 'V3', 'V4')) is not true
)
select visit.visit_id,
       visit.person_id,
       visit.held
from visit
left join protected_day  on protected_day.person_id = visit.person_id
                        and protected_day.held = visit.held
left join day_in_care    on day_in_care.person_id = visit.person_id
                        and day_in_care.held = visit.held
where protected_day.person_id is null
  and day_in_care.person_id is null
