-- A row is a phase of schooling with its suspensions and permanent exclusions of the period, and the pupils on its rolls on the
-- day of the spring census, the third Thursday of January, that came last before the end of the period.
with census as (
    select kind,
           ends,
           starts,
           case
               when ends >= this_year then this_year
               else make_date(extract(year from ends)::integer - 1, 1, 15)
                    + (11 - extract(isodow from make_date(extract(year from ends)::integer - 1, 1, 15))::integer) % 7
           end as census_day
    from (
        select kind,
               ends,
               starts,
               make_date(extract(year from ends)::integer, 1, 15)
                   + (11 - extract(isodow from make_date(extract(year from ends)::integer, 1, 15))::integer) % 7 as this_year
        from period
    ) as january
),
headcount as (
    select counted_on.census_day, coalesce(roll_change.phase, 'unknown') as roll_phase, sum(roll_change.pupils) as pupils
    from (select distinct census_day from census) as counted_on
    join roll_change on roll_change.on_day <= counted_on.census_day
    group by counted_on.census_day, roll_change.phase
),
enrolled as (
    select census.kind,
           census.ends,
           case when headcount.roll_phase = 'school sixth form' then 'secondary' else headcount.roll_phase end as phase,
           headcount.pupils,
           0 as permanent_exclusions,
           0 as suspensions
    from census
    join headcount on headcount.census_day = census.census_day
),
excluded as (
    select census.kind,
           census.ends,
           coalesce(exclusion_standing.phase, 'unknown') as phase,
           0 as pupils,
           case when exclusion_standing.permanent then 1 else 0 end as permanent_exclusions,
           case when exclusion_standing.permanent then 0 else 1 end as suspensions
    from census
    join exclusion_standing on exclusion_standing.excluded_on between census.starts and census.ends
)
select kind,
       ends,
       phase,
       sum(pupils)               as pupils,
       sum(permanent_exclusions) as permanent_exclusions,
       sum(suspensions)          as suspensions
from (select * from enrolled union all select * from excluded) as both_sides
group by kind, ends, phase
