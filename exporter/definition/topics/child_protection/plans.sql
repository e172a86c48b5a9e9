-- A row is a child on a child protection plan on the day.
with latest_visit as (
    select on_plan.day,
           on_plan.person_id,
           max(visit_of_child.held) as last_seen
    from on_plan
    join visit_of_child on visit_of_child.person_id = on_plan.person_id
                       and visit_of_child.held between on_plan.starts and on_plan.day
                       and visit_of_child.seen
    group by on_plan.day, on_plan.person_id
)
select period.kind,
       period.ends,
       on_plan.person_id,
       on_plan.plan_id,
       on_plan.starts                                   as plan_start,
       latest_visit.last_seen,
       greatest(on_plan.starts, latest_visit.last_seen) as counted_from,
       allocation.team,
       on_plan.category,
       case
           when on_plan.born > on_plan.day                        then 'unborn'
           when on_plan.born > on_plan.day - interval '1 year'    then 'under 1'
           when on_plan.born > on_plan.day - interval '5 years'   then '1 to 4'
           when on_plan.born > on_plan.day - interval '10 years'  then '5 to 9'
           when on_plan.born > on_plan.day - interval '16 years'  then '10 to 15'
           when on_plan.born is not null                          then '16 and 17'
       end                                              as age,
       case
           when on_plan.day - on_plan.starts > limits.cp_plan_long             then '2 years and over'
           when on_plan.starts + interval '1 year' <= on_plan.day              then '1 to 2 years'
           when on_plan.starts + interval '6 months' <= on_plan.day            then '6 to 12 months'
           when on_plan.starts + interval '3 months' <= on_plan.day            then '3 to 6 months'
           else 'under 3 months'
       end                                              as length
from period
cross join limits
join on_plan            on on_plan.day = period.ends
left join latest_visit  on latest_visit.day = on_plan.day
                       and latest_visit.person_id = on_plan.person_id
left join allocation    on allocation.day = on_plan.day
                       and allocation.person_id = on_plan.person_id
where period.kind = 'snapshot'
