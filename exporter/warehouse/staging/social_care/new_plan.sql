-- A row is the start of a child's time on a plan of this authority. A plan that starts while another is open goes on with
-- the same time (P8 for whose plan it is). Earlier_plan is the start of the child's last time on a plan before it.
with beginning as (
    select plan_id,
           person_id,
           starts,
           ends,
           row_number() over (partition by person_id, starts order by plan_id)  as nth_of_day,
           max(coalesce(ends, 'infinity')) over (
               partition by person_id
               order by starts
               range between unbounded preceding and interval '1 day' preceding
           )                                                                   as on_plan_until
    from cp_plan
    where other_authority is not true
      and person_id is not null
      and starts is not null
)
select plan_id,
       person_id,
       starts                                                     as plan_begun,
       ends                                                       as plan_ended,
       lag(starts) over (partition by person_id order by starts)  as earlier_plan
from beginning
where nth_of_day = 1
  and (on_plan_until is null or on_plan_until <= starts)
