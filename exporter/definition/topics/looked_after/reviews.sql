-- A row is a child looked after on the day, with the number of required reviews of the last twelve months that were late.
-- A review that is still outstanding is late however long ago it was due, and so is the first one where no period of care
-- is recorded to find reviews by.
with period_of_care as (
    select distinct care_id, entered_care
    from looked_after
    where care_id is not null
),
held as (
    select care_id,
           review_held,
           row_number() over (partition by care_id order by review_held) as nth,
           lead(review_held) over (partition by care_id order by review_held) as next_held
    from (
        select distinct cla_review.care_id, cla_review.review_held
        from cla_review
        join period_of_care on period_of_care.care_id = cla_review.care_id
                           and period_of_care.entered_care <= cla_review.review_held
        where cla_review.review_cancelled is not true
    ) as held_once
),
first_due as (
    select entry.entered_care,
           min(due_day.day) as due
    from (select distinct entered_care from looked_after) as entry
    cross join limits
    join working_day as entry_day  on entry_day.day = entry.entered_care
    join working_day as due_day    on due_day.n = entry_day.n + limits.cla_first_review
    group by entry.entered_care
),
required as (
    select period_of_care.care_id,
           period_of_care.entered_care as since,
           first_due.due,
           held.review_held            as done
    from period_of_care
    join first_due  on first_due.entered_care = period_of_care.entered_care
    left join held  on held.care_id = period_of_care.care_id
                   and held.nth = 1
    union all
    select held.care_id,
           held.review_held,
           (held.review_held + make_interval(months => case held.nth when 1 then limits.cla_second_review
                                                                     else limits.cla_next_review end))::date,
           held.next_held
    from held
    cross join limits
),
outstanding as (
    select looked_after.day,
           looked_after.person_id,
           min(required.due) as next_due
    from looked_after
    join required on required.care_id = looked_after.care_id
                 and required.since <= looked_after.day
                 and (required.done is null or required.done > looked_after.day)
    group by looked_after.day, looked_after.person_id
),
late as (
    select looked_after.day,
           looked_after.person_id,
           count(*)          as reviews_late,
           min(required.due) as late_since
    from looked_after
    join required on required.care_id = looked_after.care_id
                 and (required.done is null or required.done > required.due)
                 and required.due < looked_after.day
                 and (required.due >= looked_after.year_began
                      or required.done is null or required.done > looked_after.day)
    group by looked_after.day, looked_after.person_id
)
select period.kind,
       period.ends,
       looked_after.person_id,
       looked_after.care_id,
       looked_after.entered_care,
       case when looked_after.care_id is null then 1 else coalesce(late.reviews_late, 0) end as reviews_late,
       late.late_since,
       coalesce(outstanding.next_due, first_due.due) as next_due,
       allocation.team
from period
join looked_after      on looked_after.day = period.ends
left join late         on late.day = looked_after.day
                      and late.person_id = looked_after.person_id
left join outstanding  on outstanding.day = looked_after.day
                      and outstanding.person_id = looked_after.person_id
left join first_due    on first_due.entered_care = looked_after.entered_care
left join allocation   on allocation.day = looked_after.day
                      and allocation.person_id = looked_after.person_id
where period.kind = 'snapshot'
