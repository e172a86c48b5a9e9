-- A row is a child with an open early help episode on the day, by the episode that started first of those open.
select distinct on (period.ends, early_help.person_id)
    period.kind,
    period.ends,
    early_help.person_id,
    early_help.episode_id,
    early_help.starts            as started,
    early_help.help_organisation as organisation
from period
join early_help   on early_help.starts <= period.ends
                 and (early_help.ends is null or early_help.ends > period.ends)
left join person  on person.person_id = early_help.person_id
where period.kind = 'snapshot'
  and early_help.person_id is not null
  and (person.died is null or person.died > period.ends)
order by period.ends, early_help.person_id, early_help.starts, early_help.episode_id
