-- A row is a request that the period settled: by a decision whether to assess, or by six weeks without one, whichever came
-- first, so that each counts once and none that waits is left out. One withdrawn in time needs no decision; one decided on
-- an unknown day, or before it came, cannot be judged.
with settled as (
    select request_made.request_id,
           request_made.pupil_id,
           request_made.received,
           coalesce(request_made.request_excepted, false)                                             as excepted,
           case
               when request_made.request_outcome in ('A', 'W') then null
               else request_made.request_outcome_day
           end                                                                                        as decided,
           least(case when request_made.request_outcome is distinct from 'A' then request_made.request_outcome_day end,
                 request_made.received + limits.ehcp_decision + 1)                                    as on_day
    from request_made
    cross join limits
    where request_made.request_outcome = 'A'
       or request_made.request_outcome is null and request_made.request_outcome_day is null
       or request_made.request_outcome_day >= request_made.received
          and (request_made.request_outcome is distinct from 'W'
               or request_made.request_outcome_day > request_made.received + limits.ehcp_decision)
)
select period.kind,
       period.ends,
       settled.request_id,
       settled.pupil_id,
       settled.received,
       settled.decided,
       settled.excepted
from period
join settled on settled.on_day between period.starts and period.ends
