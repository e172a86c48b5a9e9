-- A row is a child with an open case on the day and the most intensive kind of work the case has.
with on_need_plan as (
    select distinct period.ends as day, cin_plan.person_id
    from period
    join cin_plan    on cin_plan.starts <= period.ends
                    and (cin_plan.ends is null or cin_plan.ends > period.ends)
    where period.kind = 'snapshot'
),
being_assessed as (
    select distinct period.ends as day, assessment.person_id
    from period
    join assessment  on assessment.begun <= period.ends
                    and (assessment.authorised is null or assessment.authorised > period.ends)
    where period.kind = 'snapshot'
)
select in_need.day,
       in_need.person_id,
       case
           when looked_after.person_id is not null    then 'CLA'
           when on_plan.person_id is not null         then 'CP'
           when on_need_plan.person_id is not null    then 'CIN plan'
           when being_assessed.person_id is not null  then 'assessment'
           else 'other'
       end as case_status
from in_need
left join looked_after    on looked_after.day = in_need.day
                         and looked_after.person_id = in_need.person_id
left join on_plan         on on_plan.day = in_need.day
                         and on_plan.person_id = in_need.person_id
left join on_need_plan    on on_need_plan.day = in_need.day
                         and on_need_plan.person_id = in_need.person_id
left join being_assessed  on being_assessed.day = in_need.day
                         and being_assessed.person_id = in_need.person_id
