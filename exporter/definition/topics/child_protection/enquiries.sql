-- A row is a section 47 enquiry about a child whose strategy discussion was in the period.
select period.kind,
       period.ends,
       enquiry.enquiry_id,
       enquiry.person_id,
       enquiry.discussed,
       coalesce(team.team_name, enquiry.enquiry_team) as team
from period
join enquiry    on enquiry.discussed between period.starts and period.ends
left join team  on team.team_id = enquiry.enquiry_team
