-- A row is a child looked after on the day and whether its immunisations are up to date, as last noted; where two notes are as
-- recent, the worse holds. The source keeps no history.
with latest_note as (
    select distinct on (person_id)
        person_id,
        up_to_date
    from immunisation
    where person_id is not null
    order by person_id, status_noted desc nulls last, coalesce(up_to_date, false)
)
select period.kind,
       period.ends,
       looked_after.person_id,
       looked_after.entered_care,
       latest_note.up_to_date
from period
join looked_after      on looked_after.day = period.ends
left join latest_note  on latest_note.person_id = looked_after.person_id
where period.kind = 'snapshot'
