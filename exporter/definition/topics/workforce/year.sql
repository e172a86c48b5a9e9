-- A row is one team's staff at one monthly count of the period, or one departure in it. Those in post at the end are
-- counted at the last count of the period.
with last_count as (
    select period.kind,
           period.ends,
           max(staffing.counted_on) as counted_on
    from period
    join staffing on staffing.counted_on between period.starts and period.ends
    group by period.kind, period.ends
),
staff_row as (
    select staffing.*,
           row_number() over (order by staffing.counted_on, staffing.staff_service, staffing.staff_team, staffing.staff_fte) as number
    from staffing
    where staffing.staff_role = 'social_worker'
),
departure as (
    select staff_move.*,
           row_number() over (order by staff_move.moved_on, staff_move.move_fte) as number
    from staff_move
    where staff_move.move_kind = 'leaver'
      and staff_move.employment = 'permanent'
      and staff_move.staff_role = 'social_worker'
)
select period.kind,
       period.ends,
       'count ' || staff_row.number                                                 as entry,
       coalesce(team.team_name, staff_row.staff_team)                               as team,
       case when staff_row.counted_on = last_count.counted_on
                 and staff_row.employment = 'permanent' then staff_row.staff_fte
            else 0 end                                                              as in_post_at_end,
       0                                                                            as left_fte,
       staff_row.days_lost,
       staff_row.days_available
from period
join last_count  on last_count.kind = period.kind
                and last_count.ends = period.ends
join staff_row   on staff_row.counted_on between period.starts and period.ends
left join team   on team.team_id = staff_row.staff_team
union all
select period.kind,
       period.ends,
       'departure ' || departure.number,
       null,
       0,
       departure.move_fte,
       null,
       null
from period
join departure   on departure.moved_on between period.starts and period.ends
