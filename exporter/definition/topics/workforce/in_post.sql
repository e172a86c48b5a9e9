-- A row is the social workers of one service and team at the latest count up to the day, that of no earlier than the limit.
with latest as (
    select period.ends            as day,
           max(staffing.counted_on) as counted_on
    from period
    cross join limits
    join staffing on staffing.counted_on <= period.ends
                 and staffing.counted_on >= period.ends - limits.workforce_count_age
    where period.kind = 'snapshot'
    group by period.ends
)
select period.kind,
       period.ends,
       coalesce(staffing.staff_service, 'unknown')                                                as service_area,
       coalesce(team.team_name, staffing.staff_team, 'unknown')                                   as team,
       coalesce(sum(staffing.staff_fte) filter (where staffing.employment = 'permanent'), 0)      as permanent_fte,
       coalesce(sum(staffing.staff_fte) filter (where staffing.employment = 'agency'), 0)         as agency_fte,
       coalesce(sum(staffing.staff_fte) filter (where staffing.employment is not null), 0)        as all_fte,
       coalesce(sum(staffing.vacant_fte), 0)                                                      as vacant_fte,
       coalesce(sum(staffing.vacant_fte), 0)
           + coalesce(sum(staffing.staff_fte) filter (where staffing.employment = 'permanent'), 0) as established_fte,
       sum(staffing.asye_headcount)                                                               as asye
from period
join latest     on latest.day = period.ends
join staffing   on staffing.counted_on = latest.counted_on
               and staffing.staff_role = 'social_worker'
left join team  on team.team_id = staffing.staff_team
where period.kind = 'snapshot'
group by period.kind, period.ends, coalesce(staffing.staff_service, 'unknown'), coalesce(team.team_name, staffing.staff_team, 'unknown')
