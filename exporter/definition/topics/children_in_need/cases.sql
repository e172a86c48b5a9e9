-- A row is a child with an open case on the day.
select period.kind,
       period.ends,
       in_need.person_id,
       in_need.referral_id,
       in_need.opened,
       in_need.need,
       allocation.team,
       case
           when in_need.born > in_need.day                           then 'unborn'
           when in_need.born > in_need.day - interval '1 year'       then 'under 1'
           when in_need.born > in_need.day - interval '5 years'      then '1 to 4'
           when in_need.born > in_need.day - interval '10 years'     then '5 to 9'
           when in_need.born > in_need.day - interval '16 years'     then '10 to 15'
           when in_need.born > in_need.day - interval '18 years'     then '16 and 17'
           when in_need.born is not null                             then '18 and over'
       end as age
from period
join in_need          on in_need.day = period.ends
left join allocation  on allocation.day = in_need.day
                     and allocation.person_id = in_need.person_id
where period.kind = 'snapshot'
