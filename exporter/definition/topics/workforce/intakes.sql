-- A row is a month in which newly qualified social workers were recruited, in the period. Rows that say the same twice
-- were loaded twice.
with intake as (
    select distinct opened, applications, offers, intake_starts
    from asye_intake
)
select period.kind,
       period.ends,
       intake.opened,
       sum(intake.applications)   as applications,
       sum(intake.offers)         as offers,
       sum(intake.intake_starts)  as starting
from period
join intake on intake.opened between period.starts and period.ends
group by period.kind, period.ends, intake.opened
