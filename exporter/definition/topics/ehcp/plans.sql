-- A row is a person with an education, health and care plan in force on the day, by the plan issued last.
with primary_need as (
    select plan_id, min(sen_type) as sen_type
    from ehc_plan_need
    where sen_type_rank = 1
    group by plan_id
),
plan as materialized (
    select ehc_plan.plan_id,
           ehc_plan.pupil_id,
           coalesce(ehc_plan.pupil_id, 'plan ' || ehc_plan.plan_id) as person,
           ehc_plan.issued,
           ehc_plan.ceased,
           ehc_plan.ehc_placement,
           primary_need.sen_type,
           pupil.born
    from ehc_plan
    left join pupil         on pupil.pupil_id = ehc_plan.pupil_id
    left join primary_need  on primary_need.plan_id = ehc_plan.plan_id
)
select distinct on (period.ends, plan.person)
    period.kind,
    period.ends,
    plan.plan_id,
    plan.pupil_id,
    plan.issued,
    plan.sen_type       as need,
    case
        when plan.born > period.ends - interval '5 years'   then 'under 5'
        when plan.born > period.ends - interval '11 years'  then '5 to 10'
        when plan.born > period.ends - interval '16 years'  then '11 to 15'
        when plan.born > period.ends - interval '20 years'  then '16 to 19'
        when plan.born is not null                          then '20 to 25'
    end                 as age,
    plan.ehc_placement  as placement_type
from period
join plan on plan.issued <= period.ends
         and (plan.ceased is null or plan.ceased > period.ends)
where period.kind = 'snapshot'
  and (plan.born is null or plan.born > period.ends - interval '26 years')
order by period.ends, plan.person, plan.issued desc, plan.plan_id desc
