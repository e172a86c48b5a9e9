-- A row is a referral of one child, by the day it was received.
select period.kind, period.ends, referral.referral_id, referral.received, referral.need
from period
join referral on referral.received between period.starts and period.ends
