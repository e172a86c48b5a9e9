-- A row is a section 47 enquiry about a child, ended in the period.
select period.kind,
       period.ends,
       enquiry.enquiry_id,
       enquiry.person_id,
       enquiry.concluded,
       enquiry.enquiry_no_action                      as no_action,
       coalesce(team.team_name, enquiry.enquiry_team) as team
from period
join enquiry    on enquiry.concluded between period.starts and period.ends
left join team  on team.team_id = enquiry.enquiry_team
