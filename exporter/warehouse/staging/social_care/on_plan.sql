-- A row is a child on a child protection plan on the day, by the plan that started first of those open.
-- A plan held for another authority does not count; a missing flag means our own (P8).
select distinct on (period.ends, cp_plan.person_id)
    period.ends as day,
    cp_plan.person_id,
    cp_plan.plan_id,
    cp_plan.starts,
    cp_plan.category,
    person.born
from period
join cp_plan      on cp_plan.starts <= period.ends
                 and (cp_plan.ends is null or cp_plan.ends > period.ends)
                 and cp_plan.other_authority is not true
left join person  on person.person_id = cp_plan.person_id
where period.kind = 'snapshot'
  and (person.died is null or person.died > period.ends)
  and (person.born is null or person.born + interval '18 years' > period.ends)
order by period.ends, cp_plan.person_id, cp_plan.starts, cp_plan.plan_id
