-- A row is a placement of which it is known whether it lies in the council's area, by the authority of its postcode. A
-- placement recorded twice, inside and outside, is inside.
select placement.placement_id,
       placement.care_id,
       min(case when authority_area.la_code is not null then 'in' else 'out' end) as placement_area
from placement
join (
    select upper(replace(postcode, ' ', '')) as postcode,
           min(postcode_authority)           as la_code
    from postcode_area
    group by upper(replace(postcode, ' ', ''))
) as place               on place.postcode = upper(replace(placement.placement_postcode, ' ', ''))
left join authority_area on authority_area.la_code = place.la_code
where exists (select from authority_area)
group by placement.placement_id, placement.care_id
