-- A row is a referral that opened a case, received in the period, and whether nothing was to be done on it. Several rows of one
-- child and day are one referral: nothing was to be done on it if every row that says so agrees.
with outcome_of_day as (
    select person_id,
           received,
           bool_and(nothing_done) as no_action
    from referral
    group by person_id, received
)
select period.kind,
       period.ends,
       new_referral.referral_id,
       new_referral.person_id,
       new_referral.received,
       outcome_of_day.no_action,
       new_referral.referral_source as source
from period
join new_referral    on new_referral.received between period.starts and period.ends
join outcome_of_day  on outcome_of_day.person_id = new_referral.person_id
                    and outcome_of_day.received = new_referral.received
