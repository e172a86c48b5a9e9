-- A row is a young person of academic age 16 or 17 in the authority's cohort in the last December, January or February, with
-- the months in which each thing was so: the published figure is an average of the three.
select period.kind,
       period.ends,
       young_person_at.young_person_id,
       count(*)::numeric                                                            as months,
       count(*) filter (where young_person_at.activity = 'NEET')::numeric           as months_neet,
       count(*) filter (where young_person_at.activity = 'not known')::numeric      as months_not_known
from period
join post16_month     on post16_month.day = period.ends
                     and post16_month.figure = 'winter'
join young_person_at  on young_person_at.month = post16_month.month
where period.kind = 'snapshot'
group by period.kind, period.ends, young_person_at.young_person_id
