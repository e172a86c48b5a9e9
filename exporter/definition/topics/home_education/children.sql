-- A row is a child of compulsory school age who is home educated on the day, by the episode that began last. A child in
-- school for part of the week, or whose education at home is unsuitable, is not; one missing education is counted there.
with home_educated as (
    select distinct on (period.ends, ehe_episode.pupil_id)
        period.kind,
        period.ends as day,
        ehe_episode.pupil_id,
        ehe_episode.starts,
        ehe_episode.ehe_reason,
        ehe_episode.flexi,
        ehe_episode.suitability,
        ehe_episode.known_to_social_care
    from period
    join ehe_episode        on ehe_episode.starts <= period.ends
                           and (ehe_episode.ends is null or ehe_episode.ends > period.ends)
    left join also_missing  on also_missing.pupil_id = ehe_episode.pupil_id
                           and also_missing.starts <= period.ends
                           and (also_missing.ends is null or also_missing.ends > period.ends)
    left join school_age    on school_age.pupil_id = ehe_episode.pupil_id
    where period.kind = 'snapshot'
      and ehe_episode.pupil_id is not null
      and also_missing.pupil_id is null
      and (school_age.pupil_id is null or period.ends between school_age.school_age_from and school_age.school_age_to)
    order by period.ends, ehe_episode.pupil_id, ehe_episode.starts desc, ehe_episode.ehe_id
),
social_care as (
    select home_educated.day,
           home_educated.pupil_id,
           max(case
                   when social_care_span.ends <= home_educated.day       then 1
                   when social_care_span.social_care_status = 'CLA'      then 4
                   when social_care_span.social_care_status = 'CPP'      then 3
                   when social_care_span.social_care_status = 'CIN'      then 2
               end) as closeness
    from home_educated
    join social_care_span on social_care_span.pupil_id = home_educated.pupil_id
                         and social_care_span.starts <= home_educated.day
    group by home_educated.day, home_educated.pupil_id
)
select home_educated.kind,
       home_educated.day as ends,
       home_educated.pupil_id,
       home_educated.ehe_reason as reason,
       pupil.sex,
       (array['R', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11'])[
           extract(year from home_educated.day - interval '8 months')::integer
           - extract(year from pupil.born - interval '8 months')::integer - 4] as year_group,
       case
           when social_care.closeness is not null then (array['ever', 'CIN', 'CPP', 'CLA'])[social_care.closeness]
           else home_educated.known_to_social_care
       end as social_care_status,
       case
           when home_educated.starts + interval '2 years' <= home_educated.day   then '2 years and over'
           when home_educated.starts + interval '1 year' <= home_educated.day    then '1 to 2 years'
           when home_educated.starts + interval '6 months' <= home_educated.day  then '6 to 12 months'
           when home_educated.starts + interval '3 months' <= home_educated.day  then '3 to 6 months'
           else 'under 3 months'
       end as duration_band
from home_educated
left join pupil        on pupil.pupil_id = home_educated.pupil_id
left join social_care  on social_care.day = home_educated.day
                      and social_care.pupil_id = home_educated.pupil_id
where home_educated.flexi is not true
  and home_educated.suitability is distinct from 'unsuitable'
