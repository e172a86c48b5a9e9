-- A row is an assessment of a child, authorised in the period.
select period.kind,
       period.ends,
       assessment.assessment_id,
       assessment.person_id,
       assessment.begun,
       assessment.authorised,
       coalesce(team.team_name, assessment.assessment_team) as team
from period
join assessment  on assessment.authorised between period.starts and period.ends
left join team   on team.team_id = assessment.assessment_team
