-- A row is a month whose return a figure is taken from on a day: that of the latest month that ended with a return, no earlier
-- than the limit; that of the same month a year before; the last December, January and February, March, and September that
-- ended, where all their returns are there.
with returned as (
    select distinct month
    from young_person_at
),
open_month as (
    select ends                          as day,
           date_trunc('month', ends + 1) as month
    from period
),
latest as (
    select open_month.day,
           max(returned.month) as month
    from open_month
    cross join limits
    cross join returned
    where returned.month < open_month.month
      and returned.month >= open_month.month - make_interval(months => limits.post16_return_age + 1)
    group by open_month.day
),
published (figure, closes_after, months) as (
    values ('winter',    2, 3),
           ('march',     3, 1),
           ('september', 9, 1)
),
closed as (
    select open_month.day,
           published.figure,
           published.months,
           date_trunc('year', open_month.month - make_interval(months => published.closes_after))
               + make_interval(months => published.closes_after) as next_month
    from open_month
    cross join published
),
complete as (
    select closed.day,
           closed.figure,
           array_agg(returned.month) as months
    from closed
    cross join returned
    where returned.month < closed.next_month
      and returned.month >= closed.next_month - make_interval(months => closed.months)
    group by closed.day, closed.figure, closed.months
    having count(*) = closed.months
)
select latest.day,
       beside.figure,
       (latest.month - beside.ago)::date as month
from latest
cross join (values ('latest', interval '0'), ('year before', interval '1 year')) as beside (figure, ago)
union all
select day, figure, unnest(months)
from complete
