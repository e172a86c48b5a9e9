-- A row is a person known to children's social care with the date of birth. Where none is recorded it is the one expected
-- or estimated: while that lies ahead of the day the child is unborn, and from then on the child has an age (P10).
select person_id,
       coalesce(born, expected) as born,
       died
from person
