-- A row is a child looked after on the day, with the homes of the last twelve months and the time in the present one. A child
-- placed for adoption brings along the time in the home before.
with homes_of_year as (
    select looked_after.day,
           looked_after.person_id,
           count(distinct (placed_home.care_id, placed_home.home)) as homes
    from looked_after
    join placed_home on placed_home.person_id = looked_after.person_id
                    and placed_home.starts <= looked_after.day
                    and (placed_home.ends is null
                         or placed_home.ends > looked_after.year_began)
    group by looked_after.day, looked_after.person_id
)
select period.kind,
       period.ends,
       looked_after.person_id,
       looked_after.entered_care,
       looked_after.born > looked_after.day - interval '16 years'  as under_16,
       case
           when looked_after.born > looked_after.day                        then 'unborn'
           when looked_after.born > looked_after.day - interval '1 year'    then 'under 1'
           when looked_after.born > looked_after.day - interval '5 years'   then '1 to 4'
           when looked_after.born > looked_after.day - interval '10 years'  then '5 to 9'
           when looked_after.born > looked_after.day - interval '16 years'  then '10 to 15'
           when looked_after.born is not null                               then '16 and 17'
       end                                                         as age,
       coalesce(homes_of_year.homes, 0)                            as homes,
       case
           when placed_home.placement_type in ('A4', 'A6')
               then coalesce(placed_home.home_before_since, placed_home.home_since)
           else placed_home.home_since
       end                                                         as settled_since
from period
join looked_after        on looked_after.day = period.ends
left join homes_of_year  on homes_of_year.day = looked_after.day
                        and homes_of_year.person_id = looked_after.person_id
left join placed_home    on placed_home.placement_id = looked_after.placement_id
                        and placed_home.care_id = looked_after.care_id
                        and placed_home.person_id = looked_after.person_id
where period.kind = 'snapshot'
