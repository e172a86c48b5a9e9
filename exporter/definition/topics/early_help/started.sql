-- A row is an early help episode of a child, started in the period.
select period.kind,
       period.ends,
       early_help.episode_id,
       early_help.person_id,
       early_help.starts            as started,
       early_help.help_reason       as reason,
       early_help.help_organisation as organisation
from period
join early_help on early_help.starts between period.starts and period.ends
