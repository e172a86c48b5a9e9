-- A row is a time missing, or away without authorisation, that began in the period.
select period.kind,
       period.ends,
       absent_child.missing_id,
       absent_child.person_id,
       absent_child.went,
       absent_child.absence,
       absent_child.missing_from
from period
join absent_child on absent_child.went between period.starts and period.ends
