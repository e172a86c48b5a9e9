-- A row is a child with an open case on the day, by the referral received first of those not closed.
-- A referral with no further action opened no case, whether or not anyone closed it.
-- Young adults still supported, unborn children, children on a plan and looked-after children all have a case; past
-- the age at which support ends a case was left open by mistake (P10).
select distinct on (period.ends, referral.person_id)
    period.ends        as day,
    referral.person_id,
    referral.referral_id,
    referral.received  as opened,
    referral.need,
    referral.referral_team,
    child.born
from period
cross join limits
join referral     on referral.received <= period.ends
                 and (referral.closed is null or referral.closed > period.ends)
left join child   on child.person_id = referral.person_id
where period.kind = 'snapshot'
  and referral.person_id is not null
  and referral.no_action is not true
  and (child.died is null or child.died > period.ends)
  and (child.born is null or child.born > period.ends - make_interval(years => limits.cin_oldest))
order by period.ends, referral.person_id, referral.received, referral.referral_id
