-- A row is a young person of academic age 16 or 17 in the authority's cohort in the last December, January or February, with
-- the months in which each thing was so: the published figure is an average of the three.
select period.kind,
       period.ends,
       young_person_of.young_person_id,
       count(*)::numeric                                                            as months,
       count(*) filter (where young_person_of.activity = 'NEET')::numeric           as months_neet,
       count(*) filter (where young_person_of.activity = 'not known')::numeric      as months_not_known
from period
join young_person_of  on young_person_of.day = period.ends
                     and young_person_of.figure = 'winter'
where period.kind = 'snapshot'
group by period.kind, period.ends, young_person_of.young_person_id
