-- A row is a care leaver aged 17 to 25 on the day, as last recorded. Of several records the latest contact or pathway
-- plan up to the day holds, but no adult is still an eligible or relevant child. The source keeps no history of home and
-- activity. A word for the entitlement that nobody knows leaves the young person in (P12).
with latest as (
    select distinct on (period.ends, care_leaver.person_id)
        period.kind,
        period.ends,
        care_leaver.person_id,
        care_leaver.eligibility,
        care_leaver.contact,
        care_leaver.latest_contact,
        care_leaver.pathway_review,
        care_leaver.accommodation,
        care_leaver.suitability,
        care_leaver.activity,
        child.born
    from period
    cross join care_leaver
    left join child  on child.person_id = care_leaver.person_id
    where period.kind = 'snapshot'
      and care_leaver.person_id is not null
      and (child.died is null or child.died > period.ends)
    order by period.ends, care_leaver.person_id,
             coalesce(care_leaver.eligibility in ('eligible', 'relevant')
                      and child.born <= period.ends - interval '18 years', false),
             greatest(case when care_leaver.latest_contact <= period.ends then care_leaver.latest_contact end,
                      case when care_leaver.pathway_review <= period.ends then care_leaver.pathway_review end) desc nulls last,
             care_leaver.leaver_id desc
)
select latest.kind,
       latest.ends,
       latest.person_id,
       case
           when latest.born > latest.ends - interval '19 years' then '17_18'
           when latest.born > latest.ends - interval '22 years' then '19_21'
           when latest.born is not null                         then '22_25'
       end as age_group,
       latest.eligibility,
       latest.contact,
       latest.latest_contact,
       latest.accommodation,
       latest.suitability,
       latest.activity,
       latest.pathway_review
from latest
where latest.eligibility is distinct from 'none'
  and latest.contact is distinct from 'DIED'
  and (latest.born is null
       or latest.born <= latest.ends - interval '17 years' and latest.born > latest.ends - interval '26 years')
