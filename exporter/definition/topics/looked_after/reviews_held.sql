-- A row is a review of a looked-after child held in the period.
with child_in_care as (
    select distinct on (care_id) care_id, person_id
    from care_episode
    order by care_id, starts desc, episode_id
),
in_short_breaks as (
    select cla_review.review_id
    from cla_review
    join child_in_care on child_in_care.care_id = cla_review.care_id
    join legal_status  on legal_status.person_id = child_in_care.person_id
                      and legal_status.starts <= cla_review.review_held
                      and (legal_status.ends is null or legal_status.ends > cla_review.review_held)
    where legal_status.legal_status is not null
    group by cla_review.review_id
    having bool_and(legal_status.legal_status in ('V1', 'V3', 'V4'))
)
select period.kind,
       period.ends,
       cla_review.review_id,
       cla_review.review_held,
       cla_review.participation
from period
join cla_review            on cla_review.review_held between period.starts and period.ends
                          and cla_review.review_cancelled is not true
left join in_short_breaks  on in_short_breaks.review_id = cla_review.review_id
where in_short_breaks.review_id is null
