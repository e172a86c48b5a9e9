-- A row is a young person of academic age 16 or 17 in the authority's cohort a year before the latest month with a return.
select period.kind,
       period.ends,
       young_person_of.young_person_id,
       young_person_of.activity,
       young_person_of.in_learning
from period
join young_person_of  on young_person_of.day = period.ends
                     and young_person_of.figure = 'year before'
where period.kind = 'snapshot'
