-- A row is a month whose return a figure is taken from on a day: that of the latest month that ended with a return, no earlier
-- than the limit; that of the same month a year before; the last December, January and February, March, and September that
-- ended, where all their returns are there.
with returned as (
    select distinct month
    from young_person_at
),
latest as (
    select period.ends         as day,
           max(returned.month) as month
    from period
    cross join limits
    join returned on returned.month < date_trunc('month', period.ends + 1)
                 and returned.month >= date_trunc('month', period.ends + 1)
                                       - make_interval(months => limits.post16_return_age + 1)
    group by period.ends
),
published (figure, closes_after, months) as (
    values ('winter',    2, 3),
           ('march',     3, 1),
           ('september', 9, 1)
),
closed as (
    select period.ends as day,
           published.figure,
           published.months,
           date_trunc('year', period.ends + 1 - make_interval(months => published.closes_after))
               + make_interval(months => published.closes_after) as next_month
    from (select distinct ends from period) as period
    cross join published
),
complete as (
    select closed.day,
           closed.figure,
           array_agg(returned.month) as months
    from closed
    join returned on returned.month < closed.next_month
                 and returned.month >= closed.next_month - make_interval(months => closed.months)
    group by closed.day, closed.figure, closed.months
    having count(*) = closed.months
)
select day, 'latest' as figure, month
from latest
union all
select day, 'year before', (month - interval '1 year')::date
from latest
union all
select day, figure, unnest(months)
from complete
