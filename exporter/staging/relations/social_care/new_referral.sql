-- A row is a referral that opened a case: information about a child whose case is open is no new referral, and
-- several rows of one child and day are one. A referral with no further action leaves no case open. Earlier_referral
-- is the child's last one before it.
with arrival as (
    select referral_id,
           person_id,
           received,
           referral_source,
           referral_team,
           row_number() over (partition by person_id, received order by referral_id)  as nth_of_day,
           max(case when no_action is not true then coalesce(closed, 'infinity') end) over (
               partition by person_id
               order by received
               range between unbounded preceding and interval '1 day' preceding
           )                                                                         as open_until
    from referral
    where person_id is not null
      and received is not null
)
select referral_id,
       person_id,
       received,
       referral_source,
       referral_team,
       lag(received) over (partition by person_id order by received) as earlier_referral
from arrival
where nth_of_day = 1
  and (open_until is null or open_until <= received)
