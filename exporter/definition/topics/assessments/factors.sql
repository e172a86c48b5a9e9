-- A row is a factor found at an assessment of a child that was authorised in the period; an assessment has several, or none.
with found as (
    select distinct
           assessment_factors.assessed,
           unnest(assessment_factors.factors) as factor
    from assessment_factors
)
select period.kind,
       period.ends,
       assessment.assessment_id,
       assessment.person_id,
       assessment.authorised,
       found.factor
from period
join assessment  on assessment.authorised between period.starts and period.ends
join found       on found.assessed = assessment.assessment_id
