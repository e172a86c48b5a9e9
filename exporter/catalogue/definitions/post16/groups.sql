-- A row is a young person of academic age 16 or 17 in the authority's cohort in the latest month that ended with a return, once
-- for every group that the return names. Groups overlap.
with named_group (code, young_person_group) as (
    values ('110', 'looked after'),
           ('120', 'parent caring for own child'),
           ('130', 'refugee or asylum seeker'),
           ('140', 'carer'),
           ('150', 'substance misuse'),
           ('160', 'care leaver'),
           ('170', 'youth offending team'),
           ('180', 'pregnant'),
           ('190', 'parent not caring for own child')
),
member as (
    select young_person_at.month,
           young_person_at.young_person_id,
           young_person_at.activity,
           named_group.young_person_group
    from young_person_at
    join named_group on young_person_at.characteristics ~ ('\m' || named_group.code || '\M')
    union all
    select month, young_person_id, activity, 'EHC plan'
    from young_person_at
    where has_plan
)
select period.kind,
       period.ends,
       member.young_person_id,
       member.young_person_group,
       member.activity
from period
join post16_month  on post16_month.day = period.ends
                  and post16_month.figure = 'latest'
join member        on member.month = post16_month.month
where period.kind = 'snapshot'
