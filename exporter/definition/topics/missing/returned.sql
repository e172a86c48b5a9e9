-- A row is a time missing that ended in the period.
select period.kind,
       period.ends,
       absent_child.missing_id,
       absent_child.person_id,
       absent_child.returned,
       absent_child.interview_offered,
       absent_child.interview_accepted
from period
join absent_child on absent_child.returned between period.starts and period.ends
                 and absent_child.absence = 'missing'
