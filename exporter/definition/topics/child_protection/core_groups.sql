-- A row is a child's new child protection plan whose time for a first core group ran out in the period; a plan that had
-- ended by then needed none. Meetings are found by the child, whichever of its plans they are filed under.
with nth_working_day as (
    select n, min(day) as day
    from working_day
    group by n
),
owed as (
    select new_plan.plan_id,
           new_plan.person_id,
           new_plan.plan_begun,
           nth_working_day.day as due
    from new_plan
    cross join limits
    join working_day      on working_day.day = new_plan.plan_begun
    join nth_working_day  on nth_working_day.n = working_day.n + limits.cp_core_group
                         and (new_plan.plan_ended is null or new_plan.plan_ended > nth_working_day.day)
),
meeting as (
    select distinct cp_plan.person_id, core_group.met
    from core_group
    join cp_plan  on cp_plan.plan_id = core_group.core_plan
                 and cp_plan.other_authority is not true
),
first_meeting as (
    select owed.person_id, owed.plan_begun, min(meeting.met) as first_met
    from owed
    join meeting  on meeting.person_id = owed.person_id
                 and meeting.met >= owed.plan_begun
    group by owed.person_id, owed.plan_begun
)
select period.kind,
       period.ends,
       owed.plan_id,
       owed.person_id,
       owed.plan_begun,
       owed.due,
       first_meeting.first_met
from period
join owed                on owed.due between period.starts and period.ends
left join first_meeting  on first_meeting.person_id = owed.person_id
                        and first_meeting.plan_begun = owed.plan_begun
