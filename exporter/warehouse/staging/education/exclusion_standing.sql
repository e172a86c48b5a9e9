-- A row is a suspension or permanent exclusion that stands, by the school's phase; pupils of an all-through school are of the
-- phase of their school year, and sixth forms are secondary. One cancelled, or whose pupil was reinstated, never was. A
-- suspension over lunch is a suspension.
with registered as (
    select urn, min(phase) as phase, min(school_name) as school_name
    from school
    group by urn
),
birth_year as (
    select pupil_id, min(extract(year from born - interval '8 months'))::integer as n
    from pupil
    where born is not null
    group by pupil_id
)
select exclusion.exclusion_id,
       exclusion.pupil_id,
       exclusion.urn,
       registered.school_name,
       exclusion.excluded_on,
       exclusion.exclusion_kind = 'permanent' as permanent,
       exclusion.reason_1,
       exclusion.reason_2,
       exclusion.reason_3,
       case
           when registered.phase in ('nursery', 'primary', 'secondary', 'special')                   then registered.phase
           when registered.phase = 'ap'                                                              then 'alternative provision'
           when registered.phase = 'post16'                                                          then 'secondary'
           when extract(year from exclusion.excluded_on - interval '8 months') - birth_year.n - 5 < 7  then 'primary'
           when extract(year from exclusion.excluded_on - interval '8 months') - birth_year.n - 5 >= 7 then 'secondary'
       end as phase
from exclusion
left join registered  on registered.urn = exclusion.urn
left join birth_year  on registered.phase = 'all_through'
                     and birth_year.pupil_id = exclusion.pupil_id
where exclusion.exclusion_kind is not null
  and exclusion.reinstated is not true
  and (exclusion.review_outcome is null or exclusion.review_outcome not in ('reinstated', 'cancelled'))
