-- A row is a phase of schooling on the day with the number of pupils on its schools' rolls. A pupil counts once, where the
-- enrolment is single or main, and at the school joined last. Since a year of days times every pupil is tens of millions
-- of rows, joining and leaving are added up in order of time. School years follow the date of birth, so that a past day is
-- split as it was then; where it is missing, the year group of the census.
with phase_of_school (school_phase, phase, from_year_group, to_year_group) as (
    values ('nursery',     'nursery',               null::integer, null::integer),
           ('primary',     'primary',               null,          null),
           ('secondary',   'secondary',             null,          12),
           ('secondary',   'school sixth form',     12,            null),
           ('all_through', 'primary',               null,          7),
           ('all_through', 'secondary',             7,             12),
           ('all_through', 'school sixth form',     12,            null),
           ('post16',      'school sixth form',     null,          null),
           ('special',     'special',               null,          null),
           ('ap',          'alternative provision', null,          null)
),
stay as (
    select enrolment.pupil_id,
           enrolment.urn,
           enrolment.joined,
           least(enrolment.departed, lead(enrolment.joined) over (
               partition by enrolment.pupil_id
               order by enrolment.joined, enrolment.census_day nulls first, enrolment.enrolment_id
           )) as departed,
           case
               when enrolment.census_year_group ~ '^[0-9]+$'           then enrolment.census_year_group::integer
               when enrolment.census_year_group in ('N1', 'N2', 'R')   then 0
           end as census_year_group
    from enrolment
    where enrolment.pupil_id is not null
      and (enrolment.enrolment_status is null or enrolment.enrolment_status in ('C', 'M'))
),
stay_in_phase as (
    select phase_of_school.phase,
           greatest(stay.joined, make_date(birth_year.n + 5 + phase_of_school.from_year_group, 9, 1))  as joined,
           least(stay.departed, make_date(birth_year.n + 5 + phase_of_school.to_year_group, 9, 1))     as departed
    from stay
    left join (
        select pupil_id, extract(year from born - interval '8 months')::integer as n
        from pupil
        where born is not null
    ) as birth_year            on birth_year.pupil_id = stay.pupil_id
    left join school           on school.urn = stay.urn
    left join phase_of_school  on phase_of_school.school_phase = school.phase
                              and (birth_year.n is not null
                                   or (phase_of_school.from_year_group is null
                                       or phase_of_school.from_year_group <= stay.census_year_group)
                                  and (phase_of_school.to_year_group is null
                                       or phase_of_school.to_year_group > stay.census_year_group))
),
change as (
    select phase, joined as on_day, 1 as pupils
    from stay_in_phase
    where departed is null or departed > joined
    union all
    select phase, departed, -1
    from stay_in_phase
    where departed > joined
),
change_of_day as (
    select phase, on_day, sum(pupils) as pupils
    from change
    group by phase, on_day
)
select period.kind,
       period.ends,
       change_of_day.phase,
       sum(change_of_day.pupils) as pupils
from period
join change_of_day on change_of_day.on_day <= period.ends
where period.kind = 'snapshot'
group by period.kind, period.ends, change_of_day.phase
