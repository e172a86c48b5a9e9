-- A row is an audit of one case, in the period.
select period.kind,
       period.ends,
       audit.audit_id,
       audit.audited_on,
       audit.audit_kind,
       audit.grade,
       coalesce(team.team_name, audit.audit_team) as team
from period
join audit      on audit.audited_on between period.starts and period.ends
left join team  on team.team_id = audit.audit_team
