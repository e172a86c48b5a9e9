-- A row is a referral that opened a case, received in the period, with the first decision on it. A decision may be noted against
-- any of the rows of one child and day, which are one referral. The clock starts when the front door noted the receipt, else on
-- the day of the referral.
with decided_on as (
    select referral.person_id,
           referral.received,
           min(decision.decision_received) as receipt,
           min(decision.decided)           as decided
    from decision
    join referral on referral.referral_id = decision.decided_referral
    group by referral.person_id, referral.received
)
select period.kind,
       period.ends,
       new_referral.referral_id,
       new_referral.person_id,
       new_referral.received,
       coalesce(decided_on.receipt, new_referral.received)  as receipt,
       decided_on.decided,
       coalesce(team.team_name, new_referral.referral_team) as team
from period
join new_referral     on new_referral.received between period.starts and period.ends
left join decided_on  on decided_on.person_id = new_referral.person_id
                     and decided_on.received = new_referral.received
left join team        on team.team_id = new_referral.referral_team
