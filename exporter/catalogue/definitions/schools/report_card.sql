-- A row is an evaluation area of the latest report card of a school open on the day. Report cards began in November 2025; an
-- older inspection has none, and their grades have nothing to do with the four before.
with area_grade as (
    select inspection_id, area, min(grade) as grade
    from school_inspection_grade
    where inspection_id is not null
      and area is not null
    group by inspection_id, area
),
latest as (
    select distinct on (period.ends, school_span.urn)
        period.kind,
        period.ends as day,
        school_span.urn,
        inspection_of_school.inspection_id
    from period
    join school_span           on (school_span.open_from is null or school_span.open_from <= period.ends)
                              and (school_span.open_to is null or school_span.open_to >= period.ends)
    join inspection_of_school  on inspection_of_school.urn = school_span.urn
                              and inspection_of_school.known_from <= period.ends
                              and inspection_of_school.framework = 'RC2025'
    where period.kind = 'snapshot'
      and inspection_of_school.inspection_id in (select inspection_id from area_grade)
    order by period.ends, school_span.urn, inspection_of_school.inspected desc, inspection_of_school.inspection_id desc
)
select latest.kind,
       latest.day as ends,
       latest.urn,
       area_grade.area,
       area_grade.grade
from latest
join area_grade on area_grade.inspection_id = latest.inspection_id
