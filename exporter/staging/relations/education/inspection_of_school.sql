-- A row is an inspection of a school or of one that it took over from, since a new academy keeps the outcome of the school
-- before it. It is known from the day the report was published.
with recursive line (urn, inspected_urn) as (
    select urn, urn
    from school
    union
    select line.urn, school.predecessor_urn
    from line
    join school on school.urn = line.inspected_urn
)
select line.urn,
       school_inspection.inspection_id,
       school_inspection.framework,
       school_inspection.inspected,
       greatest(school_inspection.inspected, school_inspection.published) as known_from,
       school_inspection.overall_grade,
       school_inspection.safeguarding_met
from line
join school_inspection on school_inspection.urn = line.inspected_urn
where school_inspection.inspected is not null
