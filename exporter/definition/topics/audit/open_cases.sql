-- A row is a child with an open case on the day, and whether the case was audited in the time before it. A sheet of audits
-- does not name a child but a hash of the case system's number, MD5 or SHA-256 in hexadecimal; some give the number itself.
-- Where cases were audited and not one of them is known by any of the three, nobody can tell which open cases they were.
with known_as as (
    select person_id, lower(person_id) as reference from person
    union
    select person_id, md5(person_id) from person
    union
    select person_id, encode(sha256(convert_to(person_id, 'UTF8')), 'hex') from person
),
audit_of_day as (
    select period.ends as day,
           audit.audit_id,
           known_as.person_id
    from period
    cross join limits
    join audit           on audit.audited_on <= period.ends
                        and audit.audited_on > period.ends - make_interval(months => limits.audit_coverage)
    left join known_as   on known_as.reference = lower(audit.audited_case)
    where period.kind = 'snapshot'
),
sheet as (
    select day,
           count(person_id) > 0 as recognised
    from audit_of_day
    group by day
),
audited_case as (
    select distinct day, person_id
    from audit_of_day
    where person_id is not null
)
select period.kind,
       period.ends,
       open_case.person_id,
       allocation.team,
       audited_case.person_id is not null   as audited,
       coalesce(sheet.recognised, true)     as audits_recognised
from period
join open_case          on open_case.day = period.ends
left join allocation    on allocation.day = open_case.day
                       and allocation.person_id = open_case.person_id
left join sheet         on sheet.day = open_case.day
left join audited_case  on audited_case.day = open_case.day
                       and audited_case.person_id = open_case.person_id
where period.kind = 'snapshot'
