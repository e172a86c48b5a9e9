-- A row is a child looked after on the day and whether the placement lies in the council's area.
select period.kind,
       period.ends,
       looked_after.person_id,
       area_of_placement.placement_area
from period
join looked_after            on looked_after.day = period.ends
left join area_of_placement  on area_of_placement.placement_id = looked_after.placement_id
                            and area_of_placement.care_id = looked_after.care_id
where period.kind = 'snapshot'
