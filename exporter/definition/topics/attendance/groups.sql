-- A row is a pupil with sessions to attend in the period, once for every group that the pupil belonged to at some time in it.
-- Groups overlap: a child on a plan may be in need and have special needs.
with member as (
    select period.kind,
           period.ends,
           enrolment.pupil_id,
           case enrolment.provision when 'E' then 'EHC plan' else 'SEN support' end as pupil_group
    from period
    join enrolment on enrolment.joined <= period.ends
                  and (enrolment.departed is null or enrolment.departed > period.starts)
    where enrolment.provision in ('K', 'E')
    union
    select period.kind, period.ends, pupil.pupil_id, 'free school meals'
    from period
    cross join pupil
    where pupil.free_meals
    union
    select period.kind,
           period.ends,
           social_care_span.pupil_id,
           case social_care_span.social_care_status
               when 'CLA' then 'looked after'
               when 'CPP' then 'child protection plan'
               else 'child in need'
           end
    from period
    join social_care_span on social_care_span.starts <= period.ends
                         and (social_care_span.ends is null or social_care_span.ends > period.starts)
    where social_care_span.social_care_status in ('CLA', 'CPP', 'CIN')
)
select attendance_of_pupil.kind,
       attendance_of_pupil.ends,
       attendance_of_pupil.pupil_id,
       member.pupil_group,
       attendance_of_pupil.possible,
       attendance_of_pupil.authorised,
       attendance_of_pupil.unauthorised
from attendance_of_pupil
join member on member.kind = attendance_of_pupil.kind
           and member.ends = attendance_of_pupil.ends
           and member.pupil_id = attendance_of_pupil.pupil_id
