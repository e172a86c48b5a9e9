-- A row is a day on which a review conference about a child was held. A build that does not say about whom says on which
-- plan.
select distinct
       coalesce(cp_review.reviewed_person, cp_plan.person_id) as person_id,
       cp_review.conference_held
from cp_review
left join cp_plan  on cp_plan.plan_id = cp_review.reviewed_plan
                  and cp_review.reviewed_person is null
where cp_review.conference_held is not null
