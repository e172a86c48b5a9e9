-- A row is a child on a child protection plan on the day, by the plan that started first of those open.
-- A plan held for another authority does not count; a missing flag means this authority's own plan (P8). Years are taken
-- from the day, not added to the birthday: who was born on 29 February is a year older on 1 March where there is no such day.
select distinct on (period.ends, cp_plan.person_id)
    period.ends as day,
    cp_plan.person_id,
    cp_plan.plan_id,
    cp_plan.starts,
    cp_plan.category,
    child.born
from period
join cp_plan      on cp_plan.starts <= period.ends
                 and (cp_plan.ends is null or cp_plan.ends > period.ends)
                 and cp_plan.other_authority is not true
left join child   on child.person_id = cp_plan.person_id
where period.kind = 'snapshot'
  and cp_plan.person_id is not null
  and (child.died is null or child.died > period.ends)
  and (child.born is null or child.born > period.ends - interval '18 years')
order by period.ends, cp_plan.person_id, cp_plan.starts, cp_plan.plan_id
