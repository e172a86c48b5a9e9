-- A row is one reason given for a suspension or permanent exclusion that began in the period and stands. There may be three,
-- in no order, so that reasons add up to more than the exclusions.
with given as (
    select distinct
        exclusion_standing.exclusion_id,
        exclusion_standing.permanent,
        exclusion_standing.excluded_on,
        written.reason
    from exclusion_standing
    cross join unnest(array[exclusion_standing.reason_1, exclusion_standing.reason_2, exclusion_standing.reason_3]) as written (reason)
    where written.reason is not null
       or num_nonnulls(exclusion_standing.reason_1, exclusion_standing.reason_2, exclusion_standing.reason_3) = 0
)
select period.kind,
       period.ends,
       given.exclusion_id,
       given.permanent,
       coalesce(given.reason, 'unknown') as reason
from period
join given on given.excluded_on between period.starts and period.ends
