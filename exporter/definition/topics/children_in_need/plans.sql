-- A row is a child on a child in need plan only, on the day. Whose case nobody has is in the team of the plan (P22).
select period.kind,
       period.ends,
       plan.person_id,
       plan.cin_plan_id,
       plan.starts                                             as plan_start,
       coalesce(allocation.team, team.team_name, plan.need_team) as team,
       in_need.need,
       case
           when plan.born > plan.day                        then 'unborn'
           when plan.born > plan.day - interval '1 year'    then 'under 1'
           when plan.born > plan.day - interval '5 years'   then '1 to 4'
           when plan.born > plan.day - interval '10 years'  then '5 to 9'
           when plan.born > plan.day - interval '16 years'  then '10 to 15'
           when plan.born is not null                       then '16 and 17'
       end                                                     as age
from period
join only_on_need_plan as plan  on plan.day = period.ends
left join allocation            on allocation.day = plan.day
                               and allocation.person_id = plan.person_id
left join team                  on team.team_id = plan.need_team
left join in_need               on in_need.day = plan.day
                               and in_need.person_id = plan.person_id
where period.kind = 'snapshot'
