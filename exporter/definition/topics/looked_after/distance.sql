-- A row is a child looked after on the day, how far from home the placement is, and in whose area, where that is known.
with place as (
    select upper(replace(postcode, ' ', '')) as postcode,
           min(postcode_authority)           as la_code
    from postcode_area_if_kept
    group by upper(replace(postcode, ' ', ''))
),
placed as (
    select placement.placement_id,
           placement.care_id,
           min(placement.placement_distance)  as distance,
           min(case when authority_area.la_code is not null then 'in'
                    when place.la_code is not null and exists (select from authority_area) then 'out' end) as placement_area
    from placement
    left join place          on place.postcode = upper(replace(placement.placement_postcode_if_granted, ' ', ''))
    left join authority_area on authority_area.la_code = place.la_code
    group by placement.placement_id, placement.care_id
)
select period.kind,
       period.ends,
       looked_after.person_id,
       placed.distance,
       placed.placement_area
from period
join looked_after  on looked_after.day = period.ends
left join placed   on placed.placement_id = looked_after.placement_id
                  and placed.care_id = looked_after.care_id
where period.kind = 'snapshot'
