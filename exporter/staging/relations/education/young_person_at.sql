-- A row is a young person of academic age 16 or 17 in the authority's cohort in a month, once, as the last row of the month
-- has it; those who left the cohort, or whom another authority leads for, are left out. An activity that lapsed before the
-- month ended is no longer known (currency rules of NCCIS), nor is an activity whose code is in no code set.
with last_of_month as (
    select distinct on (date_trunc('month', returned_on), young_person_id)
        date_trunc('month', returned_on)::date as month,
        young_person_month.*
    from young_person_month
    where young_person_id is not null
    order by date_trunc('month', returned_on), young_person_id, returned_on desc, activity_began desc nulls last,
             young_person_month
),
in_cohort as (
    select month,
           young_person_id,
           case
               when known_until < (month + interval '1 month')::date - 1   then 'not known'
               else activity
           end as activity,
           guarantee_offer,
           concat_ws(' ', characteristics, case when has_plan then 'plan' end) as marks
    from last_of_month
    where academic_age in (16, 17)
      and (cohort_status is null or cohort_status = 'in')
      and (lead_authority is null
           or lead_authority in (select la_code from authority_area)
           or not exists (select from authority_area))
)
select month,
       young_person_id,
       activity,
       activity in ('school sixth form', 'sixth-form college', 'further education', 'other education', 'apprenticeship',
                    'training', 'work with study') as in_learning,
       guarantee_offer,
       marks
from in_cohort
