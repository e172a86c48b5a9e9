-- A row is a return interview that fell due in the period, so many hours after the child was back. The law counts hours: local
-- times are laid on the clock that never changes, so that 72 hours across a change of clocks stay 72.
with interview as (
    select interview_of,
           min(back_at)         as back_at,
           min(interviewed_at)  as interviewed_at
    from return_interview
    group by interview_of
),
back as (
    select absent_child.missing_id,
           absent_child.person_id,
           absent_child.interview_offered,
           coalesce(interview.back_at, absent_child.returned_at) at time zone 'Europe/London'  as back_at,
           interview.interviewed_at at time zone 'Europe/London'                               as interviewed_at
    from absent_child
    left join interview on interview.interview_of = absent_child.missing_id
    where absent_child.absence = 'missing'
),
due as (
    select back.missing_id,
           back.person_id,
           back.interview_offered,
           back.back_at,
           back.interviewed_at,
           back.back_at + make_interval(hours => limits.missing_interview) as due_at
    from back
    cross join limits
    where back.back_at is not null
)
select period.kind,
       period.ends,
       due.missing_id,
       due.person_id,
       due.interview_offered,
       due.back_at at time zone 'Europe/London'                       as back_at,
       due.interviewed_at at time zone 'Europe/London'                as interviewed_at,
       due.interviewed_at between due.back_at and due.due_at          as in_time
from period
join due on (due.due_at at time zone 'Europe/London')::date between period.starts and period.ends
