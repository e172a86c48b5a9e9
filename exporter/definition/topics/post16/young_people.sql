-- A row is a young person of academic age 16 or 17 in the authority's cohort in the latest month that ended with a return.
select period.kind,
       period.ends,
       young_person_of.young_person_id,
       young_person_of.activity,
       young_person_of.in_learning,
       1 as young_people,
       case when young_person_of.activity in ('sixth-form college', 'further education') then 1 else 0 end as at_college
from period
join young_person_of  on young_person_of.day = period.ends
                     and young_person_of.figure = 'latest'
where period.kind = 'snapshot'
