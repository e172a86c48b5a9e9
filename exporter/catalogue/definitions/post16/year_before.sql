-- A row is a young person of academic age 16 or 17 in the authority's cohort a year before the latest month with a return.
select period.kind,
       period.ends,
       young_person_at.young_person_id,
       young_person_at.activity,
       young_person_at.in_learning
from period
join post16_month     on post16_month.day = period.ends
                     and post16_month.figure = 'year before'
join young_person_at  on young_person_at.month = post16_month.month
where period.kind = 'snapshot'
