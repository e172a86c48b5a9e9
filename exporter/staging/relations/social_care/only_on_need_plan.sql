-- A row is a child on a child in need plan on the day, and on no protection plan of this authority nor looked after, by the
-- plan that started first of those open.
select distinct on (period.ends, cin_plan.person_id)
    period.ends         as day,
    cin_plan.person_id,
    cin_plan.cin_plan_id,
    cin_plan.starts,
    cin_plan.need_team,
    child.born
from period
join cin_plan           on cin_plan.starts <= period.ends
                       and (cin_plan.ends is null or cin_plan.ends > period.ends)
left join child         on child.person_id = cin_plan.person_id
left join on_plan       on on_plan.day = period.ends
                       and on_plan.person_id = cin_plan.person_id
left join looked_after  on looked_after.day = period.ends
                       and looked_after.person_id = cin_plan.person_id
where period.kind = 'snapshot'
  and cin_plan.person_id is not null
  and on_plan.person_id is null
  and looked_after.person_id is null
  and (child.died is null or child.died > period.ends)
  and (child.born is null or child.born > period.ends - interval '18 years')
order by period.ends, cin_plan.person_id, cin_plan.starts, cin_plan.cin_plan_id
