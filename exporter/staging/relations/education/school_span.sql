-- A row is a school and the days on which it is or was open, the last one included: on the day after it the successor opens.
-- A school that is only proposed has no such days, nor has a school without a known day of closing.
select urn,
       phase,
       school_type,
       school_type is null or school_type in ('maintained', 'academy', 'free_school', 'special') as state_funded,
       opened as open_from,
       closed as open_to
from school
where establishment_status is distinct from 'proposed'
  and (establishment_status is distinct from 'closed' or closed is not null)
