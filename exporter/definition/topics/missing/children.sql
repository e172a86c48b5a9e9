-- A row is a child who went missing, or was away without authorisation, in the period.
select period.kind,
       period.ends,
       absent_child.person_id,
       count(*) filter (where absent_child.absence = 'missing')       as missing_times,
       count(*) filter (where absent_child.absence = 'missing'
                          and absent_child.missing_from = 'care')     as missing_from_care,
       count(*) filter (where absent_child.absence = 'missing'
                          and absent_child.missing_from = 'home')     as missing_from_home,
       count(*) filter (where absent_child.absence = 'away')          as away_times
from period
join absent_child on absent_child.went between period.starts and period.ends
group by period.kind, period.ends, absent_child.person_id
