-- A row is a child looked after on the day who came to the country alone to seek asylum.
select distinct
       period.kind,
       period.ends,
       looked_after.person_id
from period
join looked_after  on looked_after.day = period.ends
join immigration   on immigration.person_id = looked_after.person_id
                  and immigration.immigration_status = 'uasc'
                  and immigration.starts <= looked_after.day
                  and (immigration.ends is null or immigration.ends > looked_after.day)
where period.kind = 'snapshot'
