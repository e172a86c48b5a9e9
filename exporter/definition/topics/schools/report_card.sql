-- A row is an evaluation area of the latest report card of a school open on the day. Report cards began in November 2025; an
-- older inspection has none, and their grades have nothing to do with the four before.
with area_grade as (
    select inspection_id, area, min(grade) as grade
    from school_inspection_grade
    where area is not null
    group by inspection_id, area
),
graded as (
    select period.kind,
           period.ends,
           school_span.urn,
           area_grade.area,
           area_grade.grade,
           rank() over (partition by period.ends, school_span.urn
                        order by inspection_of_school.inspected desc, inspection_of_school.inspection_id desc) as nth
    from period
    join school_span           on (school_span.open_from is null or school_span.open_from <= period.ends)
                              and (school_span.open_to is null or school_span.open_to >= period.ends)
    join inspection_of_school  on inspection_of_school.urn = school_span.urn
                              and inspection_of_school.known_from <= period.ends
                              and inspection_of_school.framework = 'RC2025'
    join area_grade            on area_grade.inspection_id = inspection_of_school.inspection_id
    where period.kind = 'snapshot'
)
select kind, ends, urn, area, grade
from graded
where nth = 1
