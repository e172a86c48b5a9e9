-- A row is a worker who holds at least one open case on the day, and the latest individual supervision up to it. A worker
-- who was allocated the first of these cases less than the limit ago is not due yet. Sheets know a
-- worker by either number (P24).
with session as (
    select worker.worker_id,
           supervision.session_held
    from supervision
    join worker on worker.worker_id = supervision.supervised
    where coalesce(supervision.session_kind, 'individual') = 'individual'
    union
    select worker.worker_id,
           supervision.session_held
    from supervision
    join worker on worker.staff_id = supervision.supervised
    where coalesce(supervision.session_kind, 'individual') = 'individual'
),
holder as (
    select case_held.day,
           case_held.worker_id,
           (array_agg(case_held.team order by case_held.team is null, case_held.team))[1] as team,
           min(case_held.allocated) as first_case
    from case_held
    group by case_held.day, case_held.worker_id
),
latest_session as (
    select holder.day,
           holder.worker_id,
           max(session.session_held) as supervised_on
    from holder
    join session on session.worker_id = holder.worker_id
                and session.session_held <= holder.day
    group by holder.day, holder.worker_id
)
select period.kind,
       period.ends,
       holder.worker_id,
       holder.team,
       holder.first_case,
       latest_session.supervised_on,
       greatest(holder.first_case, latest_session.supervised_on) + limits.supervision as supervision_due
from period
cross join limits
join holder               on holder.day = period.ends
left join latest_session  on latest_session.day = holder.day
                         and latest_session.worker_id = holder.worker_id
where period.kind = 'snapshot'
