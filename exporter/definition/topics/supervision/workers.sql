-- A row is a worker who holds at least one open case on the day, in the team from which most of the cases come, and the
-- latest individual supervision up to it. A worker who was allocated the first of these cases less than the limit ago is not
-- due yet. A session counts as individual unless it says otherwise. Sheets know a worker by either number (P24).
with session as (
    select worker.worker_id,
           supervision.session_held
    from supervision
    join worker on worker.worker_id = supervision.supervised
    where supervision.session_kind = 'individual'
       or supervision.session_word is null
    union
    select worker.worker_id,
           supervision.session_held
    from supervision
    join worker on worker.staff_id = supervision.supervised
    where supervision.session_kind = 'individual'
       or supervision.session_word is null
),
held as (
    select day,
           worker_id,
           team,
           count(*)        as cases,
           min(allocated)  as allocated
    from case_held
    group by day, worker_id, team
),
holder as (
    select day,
           worker_id,
           (array_agg(team order by team is null, cases desc, team))[1]  as team,
           min(allocated)                                                as first_case
    from held
    group by day, worker_id
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
