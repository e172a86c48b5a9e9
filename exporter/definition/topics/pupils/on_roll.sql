-- A row is a phase of schooling on the day with the number of pupils on its schools' rolls, each once.
select period.kind,
       period.ends,
       roll_change.phase,
       sum(roll_change.pupils) as pupils
from period
join roll_change on roll_change.on_day <= period.ends
where period.kind = 'snapshot'
group by period.kind, period.ends, roll_change.phase
having sum(roll_change.pupils) > 0
