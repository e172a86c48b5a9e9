-- A row is a contact about a child, received in the period, on which an outcome is recorded.
select period.kind,
       period.ends,
       contact.contact_id,
       contact.person_id,
       contact.contacted,
       contact.contact_no_action is true as no_action
from period
join contact on contact.contacted between period.starts and period.ends
            and contact.contact_outcome
