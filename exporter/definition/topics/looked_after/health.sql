-- A row is a child looked after on the day and its health assessments and dental checks of the last twelve months, each day
-- once. What was planned, refused or cancelled did not take place.
with checked_in_year as (
    select looked_after.day,
           looked_after.person_id,
           count(distinct health_check.checked) filter (where health_check.check_kind = 'assessment') as assessments,
           count(distinct health_check.checked) filter (where health_check.check_kind = 'dental')     as dental_checks
    from looked_after
    join health_check on health_check.person_id = looked_after.person_id
                     and health_check.checked <= looked_after.day
                     and health_check.checked >= looked_after.year_began
    where health_check.check_status = 'completed'
    group by looked_after.day, looked_after.person_id
)
select period.kind,
       period.ends,
       looked_after.person_id,
       looked_after.entered_care,
       coalesce(looked_after.born > looked_after.day - interval '5 years', false)  as under_5,
       coalesce(checked_in_year.assessments, 0)                                    as assessments,
       coalesce(checked_in_year.dental_checks, 0)                                  as dental_checks
from period
join looked_after          on looked_after.day = period.ends
left join checked_in_year  on checked_in_year.day = looked_after.day
                          and checked_in_year.person_id = looked_after.person_id
where period.kind = 'snapshot'
