-- A row is a child with the first and last day of compulsory school age (Education Act 1996, section 8): from the first
-- 31 March, 31 August or 31 December on or after the fifth birthday to the last Friday of June in the school year, from
-- September to August, of the sixteenth.
with birthday as (
    select pupil_id,
           (born + interval '5 years')::date                                            as fifth,
           extract(year from born + interval '16 years' + interval '4 months')::integer as leaving_year
    from pupil
    where born is not null
)
select pupil_id,
       case
           when fifth <= make_date(extract(year from fifth)::integer, 3, 31)
               then make_date(extract(year from fifth)::integer, 3, 31)
           when fifth <= make_date(extract(year from fifth)::integer, 8, 31)
               then make_date(extract(year from fifth)::integer, 8, 31)
           else make_date(extract(year from fifth)::integer, 12, 31)
       end as school_age_from,
       make_date(leaving_year, 6, 30)
           - (extract(isodow from make_date(leaving_year, 6, 30))::integer + 2) % 7 as school_age_to
from birthday
