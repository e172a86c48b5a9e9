-- A row is a plan with the day since which its holder has had plans without a break: a plan that ceased and was started
-- again on the same day or the next has no break.
with plan as (
    select distinct
           plan_id,
           request_id,
           pupil_id,
           coalesce(pupil_id, 'plan ' || plan_id) as holder,
           issued,
           ceased,
           transferred_in
    from ehc_plan
    where issued is not null
),
in_order as (
    select plan.*,
           max(coalesce(ceased, date '9999-12-31')) over earlier >= issued - 1 as goes_on
    from plan
    window earlier as (partition by holder order by issued, plan_id rows between unbounded preceding and 1 preceding)
),
spell as (
    select in_order.*,
           count(*) filter (where goes_on is not true) over (partition by holder order by issued, plan_id) as spell
    from in_order
)
select plan_id,
       request_id,
       pupil_id,
       holder,
       issued,
       ceased,
       transferred_in,
       coalesce(goes_on, false)                          as goes_on,
       min(issued) over (partition by holder, spell)     as held_since
from spell
