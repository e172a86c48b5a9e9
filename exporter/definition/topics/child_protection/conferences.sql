-- A row is an initial child protection conference about a child, held in the period. A conference that takes over a plan
-- from another authority follows no enquiry of ours and is none of these (P7).
select period.kind,
       period.ends,
       conference.conference_id,
       conference.person_id,
       enquiry.discussed,
       conference.conferred,
       coalesce(team.team_name, conference.conference_team) as team
from period
join conference    on conference.conferred between period.starts and period.ends
                  and conference.transfer_in is not true
left join enquiry  on enquiry.enquiry_id = conference.enquiry_id
left join team     on team.team_id = conference.conference_team
