-- A row is a time within which a child on a plan had to be visited and which ran out in the period. One runs from the start
-- of the plan and from every day the child was seen; one that ran out after the plan is none.
with seen_day as (
    select plan_id, person_id, plan_ended, plan_begun as since
    from new_plan
    union
    select new_plan.plan_id, new_plan.person_id, new_plan.plan_ended, visit_of_child.held
    from new_plan
    join visit_of_child  on visit_of_child.person_id = new_plan.person_id
                        and visit_of_child.held > new_plan.plan_begun
                        and (new_plan.plan_ended is null or visit_of_child.held <= new_plan.plan_ended)
                        and visit_of_child.seen
),
visit_interval as (
    select plan_id,
           person_id,
           plan_ended,
           since,
           lead(since) over (partition by plan_id order by since) as next_seen
    from seen_day
),
nth_working_day as (
    select n, min(day) as day
    from working_day
    group by n
)
select period.kind,
       period.ends,
       visit_interval.plan_id,
       visit_interval.person_id,
       visit_interval.since,
       nth_working_day.day as due,
       visit_interval.next_seen
from visit_interval
cross join limits
join working_day      on working_day.day = visit_interval.since
join nth_working_day  on nth_working_day.n = working_day.n + limits.cp_visit
                     and (visit_interval.plan_ended is null or nth_working_day.day < visit_interval.plan_ended)
join period           on nth_working_day.day between period.starts and period.ends
left join child       on child.person_id = visit_interval.person_id
where (child.died is null or child.died > nth_working_day.day)
  and (child.born is null or child.born > nth_working_day.day - interval '18 years')
