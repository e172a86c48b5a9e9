-- A row is a young person of academic age 16 or 17 in the authority's cohort in the last September that ended. A return that says
-- of nobody whether there was an offer tells nothing.
with recorded as (
    select distinct month
    from young_person_at
    where guarantee_offer is not null
)
select period.kind,
       period.ends,
       young_person_of.young_person_id,
       young_person_of.guarantee_offer
from period
join young_person_of  on young_person_of.day = period.ends
                     and young_person_of.figure = 'september'
join recorded         on recorded.month = young_person_of.month
where period.kind = 'snapshot'
