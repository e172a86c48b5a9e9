-- A row is a pupil's sessions at one school over a week or a term, or a single session where the council has no summaries. Codes
-- that are no possible session (not required to attend, school shut, at the other school of two) are not counted.
select pupil_id,
       urn,
       summary_ends          as last_day,
       sessions_possible     as possible,
       sessions_authorised   as authorised,
       sessions_unauthorised as unauthorised
from attendance_summary
union all
select pupil_id,
       urn,
       session_date,
       1,
       case when mark = 'authorised' then 1 else 0 end,
       case when mark = 'unauthorised' then 1 else 0 end
from attendance_session
where mark <> 'not_possible'
  and not exists (select from attendance_summary)
