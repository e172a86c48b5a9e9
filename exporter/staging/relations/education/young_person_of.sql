-- A row is a young person of academic age 16 or 17 in the authority's cohort, once for every month that a figure is taken from on
-- a day.
select post16_month.day,
       post16_month.figure,
       young_person_at.*
from post16_month
join young_person_at on young_person_at.month = post16_month.month
