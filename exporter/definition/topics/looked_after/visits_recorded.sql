-- A row is a child looked after on the day, the latest visit in the placement at which the child was seen, the day it was due
-- by, and the day it was first written down, as the council's own sheet has it. The rules of a visit are those of visits.sql.
with seen_day as (
    select coalesce(cla_visit.person_id, in_care.person_id) as person_id,
           cla_visit.held,
           min(visit_method.recorded)                       as recorded
    from cla_visit
    left join (select distinct care_id, person_id from care_episode) as in_care
                            on in_care.care_id = cla_visit.visit_care_id
                           and cla_visit.person_id is null
    left join visit_method  on visit_method.visit_id = cla_visit.visit_id
    where cla_visit.seen
      and cla_visit.held is not null
    group by coalesce(cla_visit.person_id, in_care.person_id), cla_visit.held
),
visit_in_order as (
    select person_id,
           held,
           recorded,
           lag(held) over (partition by person_id order by held)  as seen_before,
           lead(held) over (partition by person_id order by held) as seen_next
    from seen_day
),
visited as (
    select looked_after.day,
           looked_after.person_id,
           looked_after.entered_care,
           looked_after.placement_type,
           looked_after.legal_status,
           coalesce(looked_after.placed, looked_after.entered_care) as placed,
           visit_in_order.held                                      as last_seen,
           visit_in_order.recorded,
           case
               when visit_in_order.seen_before >= coalesce(looked_after.placed, looked_after.entered_care)
                   then visit_in_order.seen_before
           end                                                      as seen_before
    from looked_after
    left join visit_in_order on visit_in_order.person_id = looked_after.person_id
                            and visit_in_order.held >= coalesce(looked_after.placed, looked_after.entered_care)
                            and visit_in_order.held <= looked_after.day
                            and (visit_in_order.seen_next is null or visit_in_order.seen_next > looked_after.day)
)
select period.kind,
       period.ends,
       visited.person_id,
       visited.last_seen,
       visited.recorded,
       case
           when visited.seen_before is null
               then visited.placed + limits.cla_first_visit
           when visited.placement_type = 'P1' and visited.legal_status = 'C1'
               then visited.seen_before + case when day_seen.n - day_entered.n <= limits.cla_first_review
                                               then limits.cla_visit_home_before_review
                                               else limits.cla_visit_home end
           when visited.placement_type in ('U1', 'U4')
                and visited.placed + make_interval(months => limits.cla_settled) <= visited.last_seen
               then (visited.seen_before + make_interval(months => limits.cla_visit_settled))::date
           else visited.seen_before + limits.cla_visit
       end as visit_due,
       allocation.team
from period
cross join limits
join visited                       on visited.day = period.ends
left join allocation               on allocation.day = visited.day
                                  and allocation.person_id = visited.person_id
left join working_day day_seen     on day_seen.day = visited.last_seen
left join working_day day_entered  on day_entered.day = visited.entered_care
where period.kind = 'snapshot'
