-- A row is a child looked after at any time in the period and how often it went missing, or was away, from care in it.
with in_care as (
    select distinct
           period.kind,
           period.ends,
           care_spell.person_id
    from period
    join care_spell on care_spell.starts <= period.ends
                   and (care_spell.ends is null
                        or care_spell.ends > period.starts and care_spell.ends > care_spell.starts)
    where (care_spell.died is null or care_spell.died > greatest(care_spell.starts, period.starts))
      and (care_spell.born is null
           or care_spell.born > greatest(care_spell.starts, period.starts) - interval '18 years')
),
went as (
    select period.kind,
           period.ends,
           absent_child.person_id,
           count(*) filter (where absent_child.absence = 'missing')  as missing_times,
           count(*) filter (where absent_child.absence = 'away')     as away_times
    from period
    join absent_child on absent_child.went between period.starts and period.ends
                     and absent_child.missing_from = 'care'
    group by period.kind, period.ends, absent_child.person_id
)
select in_care.kind,
       in_care.ends,
       in_care.person_id,
       coalesce(went.missing_times, 0) as missing_times,
       coalesce(went.away_times, 0)    as away_times
from in_care
left join went  on went.kind = in_care.kind
               and went.ends = in_care.ends
               and went.person_id = in_care.person_id
