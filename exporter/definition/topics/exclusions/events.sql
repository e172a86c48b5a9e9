-- A row is a suspension or permanent exclusion that began in the period and stands, at the school that gave it.
select period.kind,
       period.ends,
       exclusion_standing.exclusion_id,
       exclusion_standing.pupil_id,
       exclusion_standing.permanent,
       exclusion_standing.excluded_on,
       exclusion_standing.phase,
       exclusion_standing.urn,
       exclusion_standing.school_name as school,
       exclusion_standing.pupil_id is not null
           and row_number() over (partition by period.kind, period.ends, exclusion_standing.permanent, exclusion_standing.pupil_id
                                  order by exclusion_standing.excluded_on, exclusion_standing.exclusion_id) = 1 as first_of_pupil
from period
join exclusion_standing on exclusion_standing.excluded_on between period.starts and period.ends
