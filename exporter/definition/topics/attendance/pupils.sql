-- A row is a pupil with sessions to attend in the period, at whichever schools.
select period.kind,
       period.ends,
       attendance_of_pupil.pupil_id,
       attendance_of_pupil.phase,
       attendance_of_pupil.possible,
       attendance_of_pupil.authorised,
       attendance_of_pupil.unauthorised
from period
join attendance_of_pupil on attendance_of_pupil.kind = period.kind
                        and attendance_of_pupil.ends = period.ends
