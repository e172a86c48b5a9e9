-- A row is a young person of academic age 16 or 17 in the authority's cohort in the last March that ended.
select period.kind,
       period.ends,
       young_person_of.young_person_id,
       young_person_of.activity,
       young_person_of.in_learning
from period
join young_person_of  on young_person_of.day = period.ends
                     and young_person_of.figure = 'march'
where period.kind = 'snapshot'
