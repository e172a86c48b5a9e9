-- A row is an assessment of a child that is not authorised yet on the day.
select period.kind,
       period.ends,
       assessment.assessment_id,
       assessment.person_id,
       assessment.begun,
       allocation.team
from period
join assessment       on assessment.begun <= period.ends
                     and (assessment.authorised is null or assessment.authorised > period.ends)
left join allocation  on allocation.day = period.ends
                     and allocation.person_id = assessment.person_id
where period.kind = 'snapshot'
