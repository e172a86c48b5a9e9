-- A row is how many pupils more or fewer a phase of schooling has from a day on. A pupil counts once, where the enrolment is
-- single or main, and of those open on the day at the school joined last; a place never taken up ends no other. Since a year
-- of days times every pupil is tens of millions of rows, joining and leaving are to be added up in order of time. School years
-- follow the date of birth, so that a past day is split as it was then; where it is missing, the year group of the census.
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
    select pupil_id,
           enrolment_id,
           urn,
           joined,
           departed,
           census_day,
           case
               when census_year_group ~ '^[0-9]+$'           then census_year_group::integer
               when census_year_group in ('N1', 'N2', 'R')   then 0
           end as census_year_group
    from enrolment
    where enrolment_status is null
       or enrolment_status in ('C', 'M')
),
turn as (
    select pupil_id,
           on_day,
           lead(on_day) over (partition by pupil_id order by on_day) as next_turn
    from (
        select pupil_id, joined as on_day from stay
        union
        select pupil_id, departed from stay
    ) as join_or_leave
),
main_stay as (
    select distinct on (turn.pupil_id, turn.on_day)
        turn.pupil_id,
        turn.on_day        as joined,
        turn.next_turn     as departed,
        stay.urn,
        stay.census_year_group
    from turn
    join stay on stay.pupil_id = turn.pupil_id
             and stay.joined <= turn.on_day
             and (stay.departed is null or stay.departed > turn.on_day)
    order by turn.pupil_id, turn.on_day, stay.joined desc, stay.census_day desc nulls last, stay.enrolment_id desc
),
birth_year as (
    select pupil_id, extract(year from born - interval '8 months')::integer as n
    from pupil
),
stay_in_phase as (
    select phase_of_school.phase,
           greatest(main_stay.joined, make_date(birth_year.n + 5 + phase_of_school.from_year_group, 9, 1))  as joined,
           least(main_stay.departed, make_date(birth_year.n + 5 + phase_of_school.to_year_group, 9, 1))     as departed
    from main_stay
    left join birth_year       on birth_year.pupil_id = main_stay.pupil_id
    left join school           on school.urn = main_stay.urn
    left join phase_of_school  on phase_of_school.school_phase = school.phase
                              and (birth_year.n is not null
                                   or (phase_of_school.from_year_group is null
                                       or phase_of_school.from_year_group <= main_stay.census_year_group)
                                  and (phase_of_school.to_year_group is null
                                       or phase_of_school.to_year_group > main_stay.census_year_group))
),
change as (
    select phase, joined as on_day, 1 as pupils
    from stay_in_phase
    where departed is null or departed > joined
    union all
    select phase, departed, -1
    from stay_in_phase
    where departed > joined
)
select phase, on_day, sum(pupils) as pupils
from change
group by phase, on_day
