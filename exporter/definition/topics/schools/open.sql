-- A row is a school open on the day with the overall grade it was last given, be it before it became an academy. No inspection
-- since September 2024 gives an overall grade; one without a grade leaves the last one as it was.
with overall as (
    select distinct on (period.ends, inspection_of_school.urn)
        period.ends as day,
        inspection_of_school.urn,
        inspection_of_school.overall_grade
    from period
    join inspection_of_school on inspection_of_school.known_from <= period.ends
    where period.kind = 'snapshot'
      and inspection_of_school.overall_grade is not null
      and inspection_of_school.inspected <= date '2024-08-31'
      and (inspection_of_school.framework is null or inspection_of_school.framework = 'EIF_OE')
    order by period.ends, inspection_of_school.urn, inspection_of_school.inspected desc, inspection_of_school.inspection_id desc
),
report_card as (
    select distinct on (period.ends, inspection_of_school.urn)
        period.ends as day,
        inspection_of_school.urn,
        inspection_of_school.safeguarding_met
    from period
    join inspection_of_school on inspection_of_school.known_from <= period.ends
    where period.kind = 'snapshot'
      and inspection_of_school.safeguarding_met is not null
      and inspection_of_school.framework = 'RC2025'
    order by period.ends, inspection_of_school.urn, inspection_of_school.inspected desc, inspection_of_school.inspection_id desc
)
select period.kind,
       period.ends,
       school_span.urn,
       school_span.phase,
       school_span.school_type,
       school_span.state_funded,
       coalesce(overall.overall_grade, 'none') as ofsted_grade,
       report_card.safeguarding_met
from period
join school_span       on (school_span.open_from is null or school_span.open_from <= period.ends)
                      and (school_span.open_to is null or school_span.open_to >= period.ends)
left join overall      on overall.day = period.ends
                      and overall.urn = school_span.urn
left join report_card  on report_card.day = period.ends
                      and report_card.urn = school_span.urn
where period.kind = 'snapshot'
