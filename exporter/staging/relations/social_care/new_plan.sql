-- A row is a child's time on a plan of this authority (P8 for whose plan it is), from its start to its end. A plan that
-- starts while another is open goes on with the same time. Earlier_plan is the start of the child's last time before it,
-- earlier_ended the day on which all before it had ended.
with plan_of_ours as (
    select plan_id,
           person_id,
           starts,
           ends,
           coalesce(first_category, category)  as first_category,
           category,
           max(coalesce(ends, 'infinity')) over (
               partition by person_id
               order by starts
               range between unbounded preceding and interval '1 day' preceding
           )                                   as on_plan_until
    from cp_plan
    where other_authority is not true
      and person_id is not null
      and starts is not null
),
part_of_time as (
    select plan_id,
           person_id,
           starts,
           ends,
           first_category,
           category,
           on_plan_until,
           max(case when on_plan_until is null or on_plan_until <= starts then starts end) over (
               partition by person_id
               order by starts
           ) as begun
    from plan_of_ours
),
time_on_plan as (
    select person_id,
           begun,
           min(plan_id) filter (where starts = begun)                                        as plan_id,
           nullif(max(coalesce(ends, 'infinity')), 'infinity')                               as plan_ended,
           min(on_plan_until) filter (where starts = begun)                                  as earlier_ended,
           (array_agg(first_category order by starts, plan_id))[1]                           as category_at_start,
           (array_agg(category order by coalesce(ends, 'infinity') desc, starts, plan_id))[1] as category_at_end
    from part_of_time
    group by person_id, begun
)
select plan_id,
       person_id,
       begun                                                    as plan_begun,
       plan_ended,
       lag(begun) over (partition by person_id order by begun)  as earlier_plan,
       earlier_ended,
       category_at_start,
       category_at_end
from time_on_plan
