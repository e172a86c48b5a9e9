-- A row is a child of compulsory school age who is missing education on the day, by the episode that began first. A child
-- whose education at home is unsuitable is one, from the day home education began: when it was found is not recorded.
with home_educated as (
    select distinct on (period.ends, also_home_educated.pupil_id)
        period.ends as day,
        also_home_educated.ehe_id,
        also_home_educated.pupil_id,
        also_home_educated.starts,
        also_home_educated.suitability,
        also_home_educated.flexi
    from period
    join also_home_educated on also_home_educated.starts <= period.ends
                           and (also_home_educated.ends is null or also_home_educated.ends > period.ends)
    where period.kind = 'snapshot'
      and also_home_educated.pupil_id is not null
    order by period.ends, also_home_educated.pupil_id, also_home_educated.starts desc, also_home_educated.ehe_id
),
out_of_education as (
    select period.ends as day, cme_episode.pupil_id, cme_episode.starts, cme_episode.cme_reason,
           false as at_home, cme_episode.cme_id as id
    from period
    join cme_episode on cme_episode.starts <= period.ends
                    and (cme_episode.ends is null or cme_episode.ends > period.ends)
    where period.kind = 'snapshot'
      and cme_episode.pupil_id is not null
    union all
    select day, pupil_id, starts, 'unsuitable_home_education', true, ehe_id
    from home_educated
    where suitability = 'unsuitable'
      and flexi is not true
),
missing as (
    select distinct on (out_of_education.day, out_of_education.pupil_id)
        out_of_education.day,
        out_of_education.pupil_id,
        out_of_education.starts,
        out_of_education.cme_reason
    from out_of_education
    left join school_age on school_age.pupil_id = out_of_education.pupil_id
    where school_age.pupil_id is null
       or out_of_education.day between school_age.school_age_from and school_age.school_age_to
    order by out_of_education.day, out_of_education.pupil_id, out_of_education.starts, at_home, id
),
social_care as (
    select missing.day,
           missing.pupil_id,
           max(case
                   when social_care_span.ends <= missing.day         then 1
                   when social_care_span.social_care_status = 'CLA'  then 4
                   when social_care_span.social_care_status = 'CPP'  then 3
                   when social_care_span.social_care_status = 'CIN'  then 2
               end) as closeness
    from missing
    join social_care_span on social_care_span.pupil_id = missing.pupil_id
                         and social_care_span.starts <= missing.day
    group by missing.day, missing.pupil_id
)
select 'snapshot'          as kind,
       missing.day         as ends,
       missing.pupil_id,
       missing.starts      as missing_since,
       missing.cme_reason  as reason,
       (array['R', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11'])[
           extract(year from missing.day - interval '8 months')::integer
           - extract(year from pupil.born - interval '8 months')::integer - 4] as year_group,
       case
           when social_care.closeness is not null                                then (array['ever', 'CIN', 'CPP', 'CLA'])[social_care.closeness]
           when exists (select * from social_care_span where starts is not null)  then 'none'
       end                 as social_care_status,
       case
           when missing.day - missing.starts > limits.cme_long then 'over 12 weeks'
           else 'up to 12 weeks'
       end                 as duration_band
from missing
cross join limits
left join pupil        on pupil.pupil_id = missing.pupil_id
left join social_care  on social_care.day = missing.day
                      and social_care.pupil_id = missing.pupil_id
