-- A row is a time missing from care that began in the period, and in whose area the placement of that day lies.
with placed as (
    select distinct on (absent_child.missing_id)
        absent_child.missing_id,
        absent_child.person_id,
        absent_child.went,
        area_of_placement.placement_area
    from absent_child
    join care_spell              on care_spell.person_id = absent_child.person_id
                                and care_spell.starts <= absent_child.went
                                and (care_spell.ends is null or care_spell.ends > absent_child.went)
    left join placement          on placement.care_id = care_spell.care_id
                                and placement.starts <= absent_child.went
                                and (placement.ends is null or placement.ends > absent_child.went)
    left join area_of_placement  on area_of_placement.placement_id = placement.placement_id
                                and area_of_placement.care_id = placement.care_id
    where absent_child.absence = 'missing'
    order by absent_child.missing_id,
             placement.starts is null,
             coalesce(placement.placement_type like 'T%', false),
             placement.starts desc, placement.placement_id
)
select period.kind,
       period.ends,
       placed.missing_id,
       placed.person_id,
       placed.went,
       placed.placement_area
from period
join placed on placed.went between period.starts and period.ends
