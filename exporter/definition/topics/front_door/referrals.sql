-- A row is a referral that opened a case, received in the period.
select period.kind,
       period.ends,
       new_referral.referral_id,
       new_referral.person_id,
       new_referral.received,
       new_referral.earlier_referral,
       new_referral.referral_source                         as source,
       coalesce(team.team_name, new_referral.referral_team) as team
from period
join new_referral  on new_referral.received between period.starts and period.ends
left join team     on team.team_id = new_referral.referral_team
