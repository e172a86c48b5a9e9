-- A row is a young person of academic age 16 or 17 in the authority's cohort in the latest monthly return up to the day, each
-- once. An activity that lapsed before that month began is not known any more (NCCIS currency rules), and so is one without a code.
with month_of_day as (
    select period.kind,
           period.ends,
           max(young_person_month.month) as month
    from period
    join young_person_month on young_person_month.month <= period.ends
    where period.kind = 'snapshot'
    group by period.kind, period.ends
),
young_person as (
    select distinct on (month, young_person_id)
        month,
        young_person_id,
        academic_age,
        cohort_status,
        case when current_until < month then 'not_known'
             else coalesce(activity, 'not_known') end as activity
    from young_person_month
    where young_person_id is not null
    order by month, young_person_id, current_until desc nulls last, activity
)
select month_of_day.kind,
       month_of_day.ends,
       young_person.young_person_id,
       young_person.activity
from month_of_day
join young_person on young_person.month = month_of_day.month
where young_person.academic_age in (16, 17)
  and young_person.cohort_status = 'in'
