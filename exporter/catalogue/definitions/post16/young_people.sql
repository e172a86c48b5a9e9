-- A row is a young person of academic age 16 or 17 in the authority's cohort in the latest month that ended with a return.
select period.kind,
       period.ends,
       young_person_at.young_person_id,
       young_person_at.activity,
       young_person_at.in_learning,
       1 as young_people,
       case when young_person_at.activity in ('sixth-form college', 'further education') then 1 else 0 end as at_college
from period
join post16_month     on post16_month.day = period.ends
                     and post16_month.figure = 'latest'
join young_person_at  on young_person_at.month = post16_month.month
where period.kind = 'snapshot'
