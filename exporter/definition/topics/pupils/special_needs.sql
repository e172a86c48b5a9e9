-- A row is a kind of provision for special educational needs on the day with the number of pupils on roll who have it. Pupils
-- count as in the number on roll: each once, where the enrolment is single or main, at the school joined last. Where a school
-- gives a record for each census the latest up to the day holds. Joining, leaving and censuses are added up in order of time,
-- since a year of days times every pupil is tens of millions of rows.
with stay as (
    select pupil_id,
           enrolment_id,
           joined,
           departed,
           census_day,
           provision
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
        union
        select pupil_id, census_day from stay
    ) as join_leave_or_census
),
provided as (
    select distinct on (turn.pupil_id, turn.on_day)
        turn.on_day,
        turn.next_turn,
        stay.provision
    from turn
    join stay on stay.pupil_id = turn.pupil_id
             and stay.joined <= turn.on_day
             and (stay.departed is null or stay.departed > turn.on_day)
    order by turn.pupil_id, turn.on_day, stay.joined desc, stay.census_day > turn.on_day is true,
             abs(stay.census_day - turn.on_day), stay.enrolment_id desc
),
change as (
    select provision, on_day, 1 as pupils
    from provided
    union all
    select provision, next_turn, -1
    from provided
),
change_of_day as (
    select provision, on_day, sum(pupils) as pupils
    from change
    group by provision, on_day
)
select period.kind,
       period.ends,
       change_of_day.provision,
       sum(change_of_day.pupils)                                              as pupils,
       sum(case when provision = 'E' then change_of_day.pupils else 0 end)    as with_plan,
       sum(case when provision = 'K' then change_of_day.pupils else 0 end)    as with_support
from period
join change_of_day on change_of_day.on_day <= period.ends
where period.kind = 'snapshot'
group by period.kind, period.ends, change_of_day.provision
