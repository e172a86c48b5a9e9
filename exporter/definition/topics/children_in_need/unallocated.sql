-- A row is a child with an open case on the day, and whether anybody named is the case's allocated worker. A case that nobody
-- has is in the team that took the referral.
with allocated as (
    select distinct period.ends as day, involvement.person_id
    from period
    join involvement  on involvement.role = 'allocated'
                     and involvement.professional is not null
                     and involvement.starts <= period.ends
                     and (involvement.ends is null or involvement.ends > period.ends)
    where period.kind = 'snapshot'
)
select period.kind,
       period.ends,
       in_need.person_id,
       in_need.referral_id,
       in_need.opened,
       allocated.person_id is not null                                  as has_worker,
       coalesce(allocation.team, team.team_name, in_need.referral_team) as team
from period
join in_need          on in_need.day = period.ends
left join allocated   on allocated.day = in_need.day
                     and allocated.person_id = in_need.person_id
left join allocation  on allocation.day = in_need.day
                     and allocation.person_id = in_need.person_id
left join team        on team.team_id = in_need.referral_team
where period.kind = 'snapshot'
