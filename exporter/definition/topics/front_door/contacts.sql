-- A row is a contact about a child, received in the period.
select period.kind,
       period.ends,
       contact.contact_id,
       contact.person_id,
       contact.contacted,
       contact.contact_source as source
from period
join contact on contact.contacted between period.starts and period.ends
