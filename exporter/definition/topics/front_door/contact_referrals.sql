-- A row is a contact about a child, received in the period, and whether it became a referral. Where the contact does not say, a
-- referral of the child soon after it does.
with followed as (
    select contact.contact_id,
           contact.person_id
    from contact
    cross join limits
    join new_referral  on new_referral.person_id = contact.person_id
                      and new_referral.received between contact.contacted and contact.contacted + limits.contact_referral
    group by contact.contact_id, contact.person_id
)
select period.kind,
       period.ends,
       contact.contact_id,
       contact.person_id,
       contact.contacted,
       coalesce(contact.contact_referred, followed.contact_id is not null) as referred,
       contact.contact_source                                              as source
from period
join contact        on contact.contacted between period.starts and period.ends
left join followed  on followed.contact_id = contact.contact_id
                   and followed.person_id = contact.person_id
