-- A row is a child looked after on the day, with the latest visit in the placement and the day the next one is due by.
-- A visit that names no child is found by its period of care. Visits and days stand in one row of time per child, in
-- which the latest visit is the greatest so far. U1 and U4, long-term fostering, stand for a placement meant to last to 18.
with seen as (
    select coalesce(cla_visit.person_id, in_care.person_id) as person_id,
           cla_visit.held
    from cla_visit
    left join (select distinct care_id, person_id from care_episode) as in_care
                   on in_care.care_id = cla_visit.visit_care_id
                  and cla_visit.person_id is null
    where cla_visit.seen
),
latest_visit as (
    select person_id,
           snapshot_day,
           max(held) over (partition by person_id order by visit_or_snapshot) as last_seen
    from (
        select person_id, held as visit_or_snapshot, held, null::date as snapshot_day
        from seen
        union all
        select person_id, day, null, day
        from looked_after
    ) as visit_and_day
),
visited as (
    select looked_after.day,
           looked_after.person_id,
           looked_after.care_id,
           looked_after.entered_care,
           looked_after.placement_type,
           looked_after.legal_status,
           coalesce(looked_after.placed, looked_after.entered_care) as placed,
           case
               when latest_visit.last_seen >= coalesce(looked_after.placed, looked_after.entered_care)
                   then latest_visit.last_seen
           end as last_seen
    from looked_after
    join latest_visit  on latest_visit.snapshot_day = looked_after.day
                      and latest_visit.person_id = looked_after.person_id
)
select period.kind,
       period.ends,
       visited.person_id,
       visited.care_id,
       visited.placed,
       visited.last_seen,
       case
           when visited.last_seen is null
               then visited.placed + limits.cla_first_visit
           when visited.placement_type = 'P1' and visited.legal_status = 'C1'
               then visited.last_seen + case when day_now.n - day_entered.n <= limits.cla_first_review
                                             then limits.cla_visit_home_before_review
                                             else limits.cla_visit_home end
           when visited.placement_type in ('U1', 'U4')
                and visited.placed + make_interval(months => limits.cla_settled) <= visited.day
               then (visited.last_seen + make_interval(months => limits.cla_visit_settled))::date
           else visited.last_seen + limits.cla_visit
       end as visit_due,
       allocation.team
from period
cross join limits
join visited                       on visited.day = period.ends
left join allocation               on allocation.day = visited.day
                                  and allocation.person_id = visited.person_id
left join working_day day_now      on day_now.day = visited.day
left join working_day day_entered  on day_entered.day = visited.entered_care
where period.kind = 'snapshot'
