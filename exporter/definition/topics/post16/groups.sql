-- A row is a young person of academic age 16 or 17 in the authority's cohort in the latest month that ended with a return, once
-- for every group that the return names. Groups overlap.
with named_group (mark, young_person_group) as (
    values ('110',  'looked after'),
           ('120',  'parent caring for own child'),
           ('130',  'refugee or asylum seeker'),
           ('140',  'carer'),
           ('150',  'substance misuse'),
           ('160',  'care leaver'),
           ('170',  'youth offending team'),
           ('180',  'pregnant'),
           ('190',  'parent not caring for own child'),
           ('plan', 'EHC plan')
)
select period.kind,
       period.ends,
       young_person_of.young_person_id,
       named_group.young_person_group,
       young_person_of.activity
from period
join young_person_of  on young_person_of.day = period.ends
                     and young_person_of.figure = 'latest'
join named_group      on young_person_of.marks ~ ('\m' || named_group.mark || '\M')
where period.kind = 'snapshot'
