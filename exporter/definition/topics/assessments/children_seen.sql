-- A row is an assessment of a child, authorised in the period, and whether the child was seen. A child still unborn on that
-- day cannot be (P10).
select period.kind,
       period.ends,
       assessment.assessment_id,
       assessment.person_id,
       assessment.authorised,
       assessment.child_seen,
       coalesce(child.born > assessment.authorised, false)   as unborn,
       coalesce(team.team_name, assessment.assessment_team)  as team
from period
join assessment  on assessment.authorised between period.starts and period.ends
left join child  on child.person_id = assessment.person_id
left join team   on team.team_id = assessment.assessment_team
