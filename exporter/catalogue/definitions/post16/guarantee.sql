-- A row is a young person of academic age 16 or 17 in the authority's cohort in the last September that ended. A return that says
-- of nobody whether there was an offer tells nothing.
with recorded as (
    select distinct month
    from young_person_at
    where guarantee_offer is not null
)
select period.kind,
       period.ends,
       young_person_at.young_person_id,
       young_person_at.guarantee_offer
from period
join post16_month     on post16_month.day = period.ends
                     and post16_month.figure = 'september'
join recorded         on recorded.month = post16_month.month
join young_person_at  on young_person_at.month = post16_month.month
where period.kind = 'snapshot'
