-- A row is a child with an open case on the day, as a child in need, on a protection plan or looked after. A child counts
-- once, whatever services it has.
select day, person_id from in_need
union
select day, person_id from on_plan
union
select day, person_id from looked_after
