-- A row is a child looked after on the day.
select period.kind,
       period.ends,
       looked_after.person_id,
       looked_after.care_id,
       looked_after.entered_care,
       allocation.team,
       case
           when looked_after.born > looked_after.day                        then 'unborn'
           when looked_after.born > looked_after.day - interval '1 year'    then 'under 1'
           when looked_after.born > looked_after.day - interval '5 years'   then '1 to 4'
           when looked_after.born > looked_after.day - interval '10 years'  then '5 to 9'
           when looked_after.born > looked_after.day - interval '16 years'  then '10 to 15'
           when looked_after.born is not null                               then '16 and 17'
       end as age,
       case
           when looked_after.placement_type in ('U1', 'U2', 'U3')           then 'foster care with relatives or friends'
           when looked_after.placement_type in ('U4', 'U5', 'U6')           then 'foster care'
           when looked_after.placement_type in ('A3', 'A4', 'A5', 'A6')     then 'placed for adoption'
           when looked_after.placement_type = 'P1'                          then 'with own parents'
           when looked_after.placement_type = 'K1'                          then 'secure home'
           when looked_after.placement_type = 'K2'                          then 'children''s home'
           when looked_after.placement_type in ('H5', 'P2', 'P3')           then 'semi-independent or independent'
           when looked_after.placement_type = 'S1'                          then 'residential school'
           when looked_after.placement_type in ('R1', 'R2', 'R3', 'R5')     then 'other residential setting'
           when looked_after.placement_type like 'T%'                       then 'temporary'
           when looked_after.placement_type = 'Z1'                          then 'other'
       end as placement_type,
       case
           when looked_after.legal_status = 'C1'                            then 'interim care order'
           when looked_after.legal_status = 'C2'                            then 'full care order'
           when looked_after.legal_status in ('D1', 'E1')                   then 'placement order'
           when looked_after.legal_status = 'V2'                            then 'section 20'
           when looked_after.legal_status in ('L1', 'L2', 'L3')             then 'emergency protection'
           when looked_after.legal_status in ('J1', 'J2', 'J3')             then 'youth justice'
       end as legal_status
from period
join looked_after     on looked_after.day = period.ends
left join allocation  on allocation.day = looked_after.day
                     and allocation.person_id = looked_after.person_id
where period.kind = 'snapshot'
