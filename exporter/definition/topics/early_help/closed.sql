-- A row is an early help episode of a child, ended in the period.
select period.kind,
       period.ends,
       early_help.episode_id,
       early_help.person_id,
       early_help.ends            as ended,
       early_help.help_end_reason as reason
from period
join early_help on early_help.ends between period.starts and period.ends
