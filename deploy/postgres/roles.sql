-- A read-only login for the exporter, with rights to the columns that indicators need and to no other: no name, no
-- address, no pupil number, no free text from a case. Run it in psql as the owner of the tables, once in each database,
-- and again after a load has made a table or a column:
--
--     psql -d warehouse -v login=exporter -v schema=public -f roles.sql
--     psql -d warehouse -c '\password exporter'
--
-- login               the role, made if there is none; childrens_exporter unless given
-- schema              where the tables are; public unless given
-- placement_postcode  yes grants the postcode of a placement too, which tells whether it lies outside the area
-- contact_outcome     yes grants the outcomes of contacts too: flags that no other column has, with comments beside them,
--                     which the exporter leaves where they are; without it there is no share of contacts with no action
--
-- Tables and columns that a build does not have are passed over. What \password sends is hashed before it leaves psql.
\set ON_ERROR_STOP on
\if :{?login}
\else
    \set login childrens_exporter
\endif
\if :{?schema}
\else
    \set schema public
\endif
\if :{?placement_postcode}
\else
    \set placement_postcode no
\endif
\if :{?contact_outcome}
\else
    \set contact_outcome no
\endif

begin;

select format('create role %I login', :'login')
where not exists (select from pg_roles where rolname = :'login')
\gexec

-- The rights below are what keeps the login from writing; this only makes a mistake fail sooner.
alter role :"login" set default_transaction_read_only = on;
-- The exporter opens three sessions at most; the rest is for its check and collect commands.
alter role :"login" connection limit 10;
grant connect on database :"DBNAME" to :"login";
grant usage on schema :"schema" to :"login";
-- Also takes away what an earlier, longer list had granted.
revoke all on all tables in schema :"schema" from :"login";

with needed (relation, attributes) as (
    values
    -- People and workers. Staff numbers serve only to count cases by worker.
    ('ssd_person',
        'pers_person_id pers_sex pers_gender pers_ethnicity pers_dob pers_expected_dob pers_death_date
         pers_send_flag'),
    ('ssd_disability',
        'disa_table_id disa_person_id disa_disability_code'),
    ('ssd_immigration_status',
        'immi_immigration_status_id immi_person_id immi_immigration_status immi_immigration_status_start_date
         immi_immigration_status_end_date'),
    ('ssd_legal_status',
        'lega_legal_status_id lega_person_id lega_legal_status lega_legal_status_start_date
         lega_legal_status_end_date'),
    ('ssd_involvements',
        'invo_involvements_id invo_professional_id invo_professional_role_id invo_professional_team
         invo_involvement_start_date invo_involvement_end_date invo_worker_change_reason invo_person_id
         invo_referral_id'),
    ('ssd_professionals',
        'prof_professional_id prof_staff_id prof_professional_job_title prof_professional_department
         prof_full_time_equivalency prof_agency_worker_flag'),
    ('ssd_department',
        'dept_team_id dept_team_name dept_team_parent_id dept_team_parent_name'),
    -- From the contact to the protection plan. Outcomes in JSON hold comments, so the flags beside them have to do; the
    -- factors found at an assessment are codes.
    ('ssd_contacts',
        'cont_contact_id cont_person_id cont_contact_date cont_contact_source_code cont_contact_source_desc'),
    ('ssd_early_help_episodes',
        'earl_episode_id earl_person_id earl_episode_start_date earl_episode_end_date earl_episode_reason
         earl_episode_end_reason earl_episode_organisation'),
    ('ssd_cin_episodes',
        'cine_referral_id cine_person_id cine_referral_date cine_cin_primary_need_code cine_referral_source_code
         cine_referral_source_desc cine_referral_nfa cine_close_reason cine_close_date cine_referral_team'),
    ('ssd_cin_assessments',
        'cina_assessment_id cina_person_id cina_referral_id cina_assessment_start_date cina_assessment_child_seen
         cina_assessment_auth_date cina_assessment_outcome_nfa cina_assessment_team'),
    ('ssd_assessment_factors',
        'cinf_table_id cinf_assessment_id cinf_assessment_factors_json'),
    ('ssd_cin_plans',
        'cinp_cin_plan_id cin_plan_id cinp_referral_id cinp_person_id cinp_cin_plan_start_date
         cinp_cin_plan_end_date cinp_cin_plan_team'),
    ('ssd_cin_visits',
        'cinv_cin_visit_id cinv_person_id cinv_cin_plan_id cinv_cin_visit_date cinv_cin_visit_seen
         cinv_cin_visit_seen_alone cinv_cin_visit_bedroom'),
    ('ssd_s47_enquiry',
        's47e_s47_enquiry_id s47e_referral_id s47e_person_id s47e_s47_start_date s47e_s47_end_date s47e_s47_nfa
         s47e_s47_completed_by_team'),
    ('ssd_initial_cp_conference',
        'icpc_icpc_id icpc_icpc_meeting_id icpc_s47_enquiry_id icpc_person_id icpc_cp_plan_id icpc_referral_id
         icpc_icpc_transfer_in icpc_icpc_target_date icpc_icpc_date icpc_icpc_outcome_cp_flag icpc_icpc_team'),
    ('ssd_cp_plans',
        'cppl_cp_plan_id cppl_referral_id cppl_icpc_id cppl_person_id cppl_cp_plan_start_date
         cppl_cp_plan_end_date cppl_cp_plan_initial_category cppl_cp_plan_ola cppl_cp_plan_latest_category'),
    ('ssd_cp_visits',
        'cppv_cp_visit_id cppv_person_id cppv_cp_plan_id cppv_cp_visit_date cppv_cp_visit_seen
         cppv_cp_visit_seen_alone cppv_cp_visit_bedroom'),
    ('ssd_cp_reviews',
        'cppr_cp_review_id cppr_person_id cppr_cp_plan_id cppr_cp_review_due cppr_cp_review_date
         cppr_cp_review_meeting_id cppr_cp_review_outcome_continue_cp cppr_cp_review_quorate
         cppr_cp_review_participation workflow_step_id person_id registration_id due_date actual_date quorate
         review_participation'),
    ('ssd_missing',
        'miss_table_id miss_person_id miss_missing_episode_start_date miss_missing_episode_type
         miss_missing_episode_end_date miss_missing_rhi_offered miss_missing_rhi_accepted'),
    -- Children looked after and care leavers.
    ('ssd_cla_episodes',
        'clae_cla_episode_id clae_person_id clae_cla_episode_start_date clae_cla_episode_start_reason
         clae_cla_primary_need_code clae_cla_episode_ceased_date clae_cla_episode_ceased
         clae_cla_episode_ceased_reason clae_cla_id clae_referral_id clae_cla_placement_id clae_entered_care_date
         clae_cla_last_iro_contact_date'),
    ('ssd_cla_placement',
        'clap_cla_placement_id clap_cla_placement_start_date clap_cla_placement_type clap_cla_placement_urn
         clap_cla_placement_distance clap_cla_id clap_cla_placement_provider clap_cla_placement_end_date
         clap_cla_placement_change_reason clap_person_id'),
    ('ssd_cla_reviews',
        'clar_cla_review_id clar_cla_id clar_cla_person_id clar_cla_review_due_date clar_cla_review_date
         clar_cla_review_cancelled clar_cla_review_participation'),
    ('ssd_cla_visits',
        'clav_cla_visit_id clav_cla_id clav_person_id clav_cla_visit_date clav_cla_visit_seen
         clav_cla_visit_seen_alone'),
    ('ssd_cla_care_plan',
        'lacp_table_id lacp_cla_care_plan_id lacp_person_id lacp_cla_care_plan_start_date
         lacp_cla_care_plan_end_date'),
    ('ssd_cla_health',
        'clah_health_check_id clah_person_id clah_health_check_type clah_health_check_date
         clah_health_check_status'),
    ('ssd_cla_immunisations',
        'clai_person_id clai_immunisations_status clai_immunisations_status_date'),
    ('ssd_sdq_scores',
        'csdq_table_id csdq_person_id csdq_sdq_completed_date csdq_sdq_reason csdq_sdq_score'),
    ('ssd_care_leavers',
        'clea_table_id clea_person_id clea_care_leaver_eligibility clea_care_leaver_in_touch
         clea_care_leaver_latest_contact clea_care_leaver_accommodation clea_care_leaver_accom_suitable
         clea_care_leaver_activity clea_pathway_plan_review_date clea_care_leaver_allocated_team'),
    -- Education, health and care plans where the dataset has them.
    ('ssd_send',
        'send_table_id send_person_id'),
    ('ssd_ehcp_requests',
        'ehcr_ehcp_request_id ehcr_send_table_id ehcr_ehcp_req_date ehcr_ehcp_req_outcome_date
         ehcr_ehcp_req_outcome'),
    ('ssd_ehcp_assessment',
        'ehca_ehcp_assessment_id ehca_ehcp_request_id ehca_ehcp_assessment_outcome_date
         ehca_ehcp_assessment_outcome ehca_ehcp_assessment_exceptions'),
    ('ssd_ehcp_named_plan',
        'ehcn_named_plan_id ehcn_ehcp_asmt_id ehcn_named_plan_start_date ehcn_named_plan_ceased_date
         ehcn_named_plan_ceased_reason'),
    ('ssd_ehcp_active_plans',
        'ehcp_active_ehcp_id ehcp_ehcp_request_id ehcp_active_ehcp_last_review_date'),
    ('ssd_sen_need',
        'senn_table_id senn_active_ehcp_id senn_active_ehcp_need_type senn_active_ehcp_need_rank'),
    -- Schools, pupils and plans.
    ('school',
        'urn la_code establishment_number establishment_name type_code type_group_code phase_code phase_group
         establishment_status_code open_date close_date statutory_low_age statutory_high_age has_sixth_form
         school_capacity number_of_pupils predecessor_urn loaded_at'),
    ('school_inspection',
        'inspection_id urn inspection_number framework inspection_type inspection_start_date publication_date
         overall_effectiveness safeguarding_met category_of_concern loaded_at'),
    ('school_inspection_grade',
        'inspection_id area grade loaded_at'),
    ('pupil',
        'pupil_id date_of_birth sex ethnicity home_la_code fsm_eligible pupil_premium loaded_at'),
    ('pupil_social_care',
        'pupil_id status starts ends loaded_at'),
    ('pupil_enrolment',
        'enrolment_id pupil_id urn enrol_status entry_date leaving_date nc_year_actual sen_provision sen_type_1
         sen_type_2 part_time term census_date loaded_at'),
    ('attendance_summary',
        'pupil_id urn period_start period_end academic_year term sessions_possible sessions_authorised
         sessions_unauthorised sessions_by_code loaded_at'),
    ('attendance_session',
        'pupil_id urn session_date session code loaded_at'),
    ('exclusion',
        'exclusion_id pupil_id urn category reason_1 reason_2 reason_3 start_date sessions sen_provision in_care
         review_outcome reinstated loaded_at'),
    ('ehc_request',
        'request_id pupil_id received_date request_source request_outcome request_outcome_date mediation tribunal
         exception_applied exported_from transferred_in lead_officer_team loaded_at'),
    ('ehc_assessment',
        'assessment_id request_id assessment_outcome assessment_outcome_date assessment_exception
         exception_reason loaded_at'),
    ('ehc_plan',
        'plan_id request_id pupil_id start_date cease_date cease_reason plan_res personal_budget placement_urn
         placement_type sen_setting transferred_in lead_officer_team loaded_at'),
    ('ehc_plan_need',
        'plan_id sen_type sen_type_rank loaded_at'),
    ('ehc_annual_review',
        'review_id plan_id due_date meeting_date decision_date decision loaded_at'),
    ('ehe_episode',
        'ehe_id pupil_id start_date end_date primary_reason previous_reason last_urn sen_provision
         known_to_social_care last_contact_date suitability end_reason flexi loaded_at'),
    ('cme_episode',
        'cme_id pupil_id start_date end_date reason last_urn end_reason whereabouts_known loaded_at'),
    ('part_time_timetable',
        'timetable_id pupil_id urn start_date end_date hours_per_week loaded_at'),
    ('alternative_provision',
        'provision_id pupil_id urn start_date end_date hours_per_week loaded_at'),
    ('yp_activity',
        'yp_id pupil_id academic_age cohort_status lead_la current_activity_code current_activity_start_date
         currency_date september_guarantee_offer ehcp characteristics as_at_month loaded_at'),
    -- The local supplement.
    ('workforce_snapshot',
        'snapshot_date service team_id role employment fte headcount vacant_fte asye_headcount working_days_lost
         working_days_available'),
    ('workforce_movement',
        'move_date kind employment role fte reason'),
    ('asye_recruitment',
        'cohort applications offers starts'),
    ('supervision_session',
        'worker_id team_id session_date kind person_id due_date'),
    ('case_audit',
        'audit_id person_id audit_date kind service team_id grade moderated'),
    ('return_interview',
        'miss_table_id returned_at offered_at held_at outcome'),
    ('early_help_assessment',
        'episode_id started completed level agency'),
    ('frontdoor_decision',
        'referral_id received_at decided_at decision'),
    ('core_group',
        'cp_plan_id meeting_date'),
    ('visit_method',
        'visit_id method recorded_at'),
    ('postcode_lookup',
        'postcode la_code'),
    ('code_map',
        'source_table source_column raw_value code group'),
    ('target',
        'indicator valid_from valid_to target tolerance owner better start_value reached_on'),
    ('commentary',
        'indicator period text author_role published status_last_meeting action'),
    ('events',
        'event happened_on'),
    ('benchmark',
        'indicator area_type area year value numerator denominator source published'),
    ('calendar',
        'day is_working_day name'),
    -- What became of each load.
    ('childrens_load_log',
        'run source table_name column_name rows refused outcome seconds')
), wanted as (
    select relation, string_to_table(attributes, ' ') as attribute
    from (select relation, regexp_replace(attributes, '\s+', ' ', 'g') as attributes from needed) as needed
    union all
    select 'ssd_cla_placement', 'clap_cla_placement_postcode'
    where :'placement_postcode' = 'yes'
    union all
    select 'ssd_contacts', 'cont_contact_outcome_json'
    where :'contact_outcome' = 'yes'
)
-- A row is a grant on one table, of the wanted columns that it has.
select format('grant select (%s) on %I.%I to %I',
              string_agg(quote_ident(attribute.attname), ', ' order by attribute.attnum),
              namespace.nspname, class.relname, :'login')
from wanted
join pg_class class         on lower(class.relname) = wanted.relation
                           and class.relkind in ('r', 'p', 'v', 'm', 'f')
join pg_namespace namespace on namespace.oid = class.relnamespace
                           and namespace.nspname = :'schema'
join pg_attribute attribute on attribute.attrelid = class.oid
                           and lower(attribute.attname) = wanted.attribute
                           and attribute.attnum > 0
                           and not attribute.attisdropped
group by namespace.nspname, class.relname
order by class.relname
\gexec

commit;
