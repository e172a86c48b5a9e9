-- A row is a suspension or permanent exclusion that is in force, by the school's phase; pupils of an all-through school are of the
-- phase of their school year, and sixth forms are secondary. An exclusion that was cancelled, or
-- whose pupil was reinstated, does not count. A suspension over lunch is a suspension.
with year_seven as (
    select pupil_id,
           make_date(extract(year from born - interval '8 months')::integer + 12, 9, 1) as begins
    from pupil
)
select exclusion.exclusion_id,
       exclusion.pupil_id,
       exclusion.urn,
       school.school_name,
       exclusion.excluded_on,
       exclusion.exclusion_kind = 'permanent' as permanent,
       exclusion.reason_1,
       exclusion.reason_2,
       exclusion.reason_3,
       case
           when school.phase in ('nursery', 'primary', 'secondary', 'special')  then school.phase
           when school.phase = 'ap'                                             then 'alternative provision'
           when school.phase = 'post16'                                         then 'secondary'
           when exclusion.excluded_on < year_seven.begins                       then 'primary'
           when year_seven.begins is not null                                   then 'secondary'
       end as phase
from exclusion
left join school      on school.urn = exclusion.urn
left join year_seven  on school.phase = 'all_through'
                     and year_seven.pupil_id = exclusion.pupil_id
where exclusion.exclusion_kind is not null
  and exclusion.reinstated is not true
  and (exclusion.review_outcome is null or exclusion.review_outcome not in ('reinstated', 'cancelled'))
