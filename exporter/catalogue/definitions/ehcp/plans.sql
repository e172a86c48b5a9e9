-- A row is a person with an education, health and care plan in force on the day, by the plan issued last.
with primary_need as (
    select plan_id, min(sen_type) as sen_type
    from ehc_plan_need
    where sen_type_rank = 1
    group by plan_id
)
select period.kind,
       period.ends,
       ehc_plan.plan_id,
       ehc_plan.pupil_id,
       ehc_plan.issued,
       primary_need.sen_type   as need,
       case
           when pupil.born > period.ends - interval '5 years'   then 'under 5'
           when pupil.born > period.ends - interval '11 years'  then '5 to 10'
           when pupil.born > period.ends - interval '16 years'  then '11 to 15'
           when pupil.born > period.ends - interval '20 years'  then '16 to 19'
           when pupil.born is not null                          then '20 to 25'
       end                     as age,
       ehc_plan.ehc_placement  as placement_type
from period
join ehc_plan                   on ehc_plan.issued <= period.ends
                               and (ehc_plan.ceased is null or ehc_plan.ceased > period.ends)
left join ehc_plan as replaced  on replaced.pupil_id = ehc_plan.pupil_id
                               and (replaced.issued, replaced.plan_id) > (ehc_plan.issued, ehc_plan.plan_id)
                               and replaced.issued <= period.ends
                               and (replaced.ceased is null or replaced.ceased > period.ends)
left join pupil                 on pupil.pupil_id = ehc_plan.pupil_id
left join primary_need          on primary_need.plan_id = ehc_plan.plan_id
where period.kind = 'snapshot'
  and replaced.plan_id is null
  and (pupil.born is null or pupil.born > period.ends - interval '26 years')
