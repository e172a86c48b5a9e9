-- A row is an initial child protection conference about a child, held in the period, and whether it agreed on a plan. Where
-- the conference does not say, a plan linked to it does; where no plan is linked to any conference, nobody knows. A conference
-- that takes over a plan from another authority is none of these (P7).
with planned as (
    select distinct plan_conference
    from cp_plan
    where plan_conference is not null
)
select period.kind,
       period.ends,
       conference.conference_id,
       conference.person_id,
       conference.conferred,
       case
           when conference.plan_agreed is not null      then conference.plan_agreed
           when planned.plan_conference is not null     then true
           when exists (select from planned)            then false
       end as to_plan
from period
join conference    on conference.conferred between period.starts and period.ends
                  and conference.transfer_in is not true
left join planned  on planned.plan_conference = conference.conference_id
