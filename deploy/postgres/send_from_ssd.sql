-- Education, health and care plans of an SSD, as the education database has them. The scripts of the SSD create these tables
-- empty or with a row of placeholders, and as long as they do, this refuses to run: the education database is the place for
-- plans, and tables that nobody fills would say that there are none. A council whose SSD holds them runs it in the SSD's
-- database, names that database as its education source, and sets sources: {education: {schema: send_from_ssd}}. Annual reviews
-- are not among them: the SSD knows the last of each plan, but not when one is due. The login needs usage of the schema and
-- select on its views.

do $$
begin
    if not exists (select from ssd_ehcp_named_plan where ehcn_named_plan_start_date is not null) then
        raise exception 'ssd_ehcp_named_plan holds no plan, only what the scripts of the SSD leave in it; take plans from the education database';
    end if;
end $$;

create schema send_from_ssd;

-- A row is a child or young person with a record of special educational needs.
create view send_from_ssd.pupil as
select distinct
       ssd_send.send_person_id       as pupil_id,
       ssd_person.pers_dob::date     as date_of_birth,
       left(ssd_person.pers_sex, 1)  as sex
from ssd_send
join ssd_person on ssd_person.pers_person_id::text = ssd_send.send_person_id::text;

-- A row is a request for an education, health and care needs assessment.
create view send_from_ssd.ehc_request as
select ssd_ehcp_requests.ehcr_ehcp_request_id               as request_id,
       ssd_send.send_person_id                              as pupil_id,
       ssd_ehcp_requests.ehcr_ehcp_req_date::date           as received_date,
       ssd_ehcp_requests.ehcr_ehcp_req_outcome              as request_outcome,
       ssd_ehcp_requests.ehcr_ehcp_req_outcome_date::date   as request_outcome_date
from ssd_ehcp_requests
left join ssd_send on ssd_send.send_table_id::text = ssd_ehcp_requests.ehcr_send_table_id::text
where ssd_ehcp_requests.ehcr_ehcp_req_date is not null;

-- A row is an education, health and care needs assessment.
create view send_from_ssd.ehc_assessment as
select ssd_ehcp_assessment.ehca_ehcp_assessment_id                   as assessment_id,
       ssd_ehcp_assessment.ehca_ehcp_request_id                      as request_id,
       ssd_ehcp_assessment.ehca_ehcp_assessment_outcome              as assessment_outcome,
       ssd_ehcp_assessment.ehca_ehcp_assessment_outcome_date::date   as assessment_outcome_date,
       left(ssd_ehcp_assessment.ehca_ehcp_assessment_exceptions::text, 1) in ('1', 'Y', 'y') as assessment_exception
from ssd_ehcp_assessment
join send_from_ssd.ehc_request on ehc_request.request_id::text = ssd_ehcp_assessment.ehca_ehcp_request_id::text;

-- A row is an education, health and care plan; it starts on the day the final plan was issued.
create view send_from_ssd.ehc_plan as
select ssd_ehcp_named_plan.ehcn_named_plan_id                  as plan_id,
       ehc_assessment.request_id,
       ehc_request.pupil_id,
       ssd_ehcp_named_plan.ehcn_named_plan_start_date::date    as start_date,
       ssd_ehcp_named_plan.ehcn_named_plan_ceased_date::date   as cease_date
from ssd_ehcp_named_plan
left join send_from_ssd.ehc_assessment on ehc_assessment.assessment_id::text = ssd_ehcp_named_plan.ehcn_ehcp_asmt_id::text
left join send_from_ssd.ehc_request    on ehc_request.request_id::text = ehc_assessment.request_id::text
where ssd_ehcp_named_plan.ehcn_named_plan_start_date is not null;

-- A row is a need named in a plan. The SSD names it of the active plan, which has the request in common with the named one.
create view send_from_ssd.ehc_plan_need as
select ehc_plan.plan_id,
       ssd_sen_need.senn_active_ehcp_need_type              as sen_type,
       nullif(ssd_sen_need.senn_active_ehcp_need_rank, '')  as sen_type_rank
from ssd_sen_need
join ssd_ehcp_active_plans   on ssd_ehcp_active_plans.ehcp_active_ehcp_id::text = ssd_sen_need.senn_active_ehcp_id::text
join send_from_ssd.ehc_plan  on ehc_plan.request_id::text = ssd_ehcp_active_plans.ehcp_ehcp_request_id::text;
