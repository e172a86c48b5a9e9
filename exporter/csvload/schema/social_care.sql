-- The standard safeguarding dataset (SSD) as the SystemC 1.4.5 build lays it out, for PostgreSQL: people, workers and the
-- way from a contact to a child protection plan. social_care_in_care.sql has the rest. A council loads extracts of
-- whatever engine holds its own into these tables; only the row identifier is required, since the rest is often empty.
-- "also" is another name of a column, in an older release or another build.

-- A row is a person known to children's social care: a child, a young person or a mother.
create table ssd_person (
    pers_person_id        varchar(48)  not null,
    pers_forename         varchar(100),
    pers_surname          varchar(255),
    pers_sex              varchar(20),
    pers_gender           varchar(10),
    pers_ethnicity        varchar(48),
    pers_dob              timestamp,
    pers_legacy_id        varchar(48),
    pers_single_unique_id varchar(48), -- also pers_common_child_id
    pers_upn              varchar(13),
    pers_upn_unknown      varchar(6),
    pers_send_flag        char(5),
    pers_expected_dob     timestamp,
    pers_death_date       timestamp,
    pers_is_mother        char(1),
    pers_nationality      varchar(48)
);

-- A row is a person's membership of a family group.
create table ssd_family (
    fami_table_id  varchar(48) not null,
    fami_family_id varchar(48),
    fami_person_id varchar(48)
);

-- A row is a span of time that a person lived at one address.
create table ssd_address (
    addr_table_id           varchar(48)   not null,
    addr_address_json       varchar(1000),
    addr_person_id          varchar(48),
    addr_address_type       varchar(48),
    addr_address_start_date timestamp,
    addr_address_end_date   timestamp,
    addr_address_postcode   varchar(15)
);

-- A row is one disability recorded for a person.
create table ssd_disability (
    disa_table_id        varchar(48) not null,
    disa_person_id       varchar(48),
    disa_disability_code varchar(48)
);

-- A row is a span of time that a person held one immigration status.
create table ssd_immigration_status (
    immi_immigration_status_id         varchar(48)  not null,
    immi_person_id                     varchar(48),
    immi_immigration_status            varchar(100),
    immi_immigration_status_start_date timestamp,
    immi_immigration_status_end_date   timestamp
);

-- A row is a child and its mother, both of them persons here.
create table ssd_mother (
    moth_table_id         varchar(48) not null,
    moth_person_id        varchar(48),
    moth_childs_person_id varchar(48),
    moth_childs_dob       timestamp
);

-- A row is a span of time that a child was under one legal status.
create table ssd_legal_status (
    lega_legal_status_id         varchar(48)  not null,
    lega_person_id               varchar(48),
    lega_legal_status            varchar(100),
    lega_legal_status_start_date timestamp,
    lega_legal_status_end_date   timestamp
);

-- A row is a contact received about one child, before anyone decides on a referral.
create table ssd_contacts (
    cont_contact_id           varchar(48)   not null,
    cont_person_id            varchar(48),
    cont_contact_date         timestamp,
    cont_contact_source_code  varchar(48),
    cont_contact_source_desc  varchar(255),
    cont_contact_outcome_json varchar(4000)
);

-- A row is an early help episode of one child.
create table ssd_early_help_episodes (
    earl_episode_id           varchar(48)  not null,
    earl_person_id            varchar(48),
    earl_episode_start_date   timestamp,
    earl_episode_end_date     timestamp,
    earl_episode_reason       text,
    earl_episode_end_reason   text,
    earl_episode_organisation text,
    earl_episode_worker_id    varchar(100)
);

-- A row is a referral of one child and the period in need that follows it.
create table ssd_cin_episodes (
    cine_referral_id           varchar(48)   not null,
    cine_person_id             varchar(48),
    cine_referral_date         timestamp,
    cine_cin_primary_need_code varchar(3),
    cine_referral_source_code  varchar(48),
    cine_referral_source_desc  varchar(255),
    cine_referral_outcome_json varchar(4000),
    cine_referral_nfa          char(1),
    cine_close_reason          varchar(100),
    cine_close_date            timestamp,
    cine_referral_team         varchar(48),
    cine_referral_worker_id    varchar(48)
);

-- A row is a social work assessment of one child.
create table ssd_cin_assessments (
    cina_assessment_id           varchar(48)   not null,
    cina_person_id               varchar(48),
    cina_referral_id             varchar(48),
    cina_assessment_start_date   timestamp,
    cina_assessment_child_seen   char(1),
    cina_assessment_auth_date    timestamp,
    cina_assessment_outcome_json varchar(1000),
    cina_assessment_outcome_nfa  char(1),
    cina_assessment_team         varchar(48),
    cina_assessment_worker_id    varchar(100)
);

-- A row is the list of factors found at one assessment.
create table ssd_assessment_factors (
    cinf_table_id                varchar(48) not null,
    cinf_assessment_id           varchar(48),
    cinf_assessment_factors_json text
);

-- A row is a child in need plan of one child.
create table ssd_cin_plans (
    cinp_cin_plan_id         varchar(48)  not null, -- also cin_plan_id
    cinp_referral_id         varchar(48),
    cinp_person_id           varchar(48),
    cinp_cin_plan_start_date timestamp,
    cinp_cin_plan_end_date   timestamp,
    cinp_cin_plan_team       varchar(48),
    cinp_cin_plan_worker_id  varchar(100)
);

-- A row is a visit to one child; some builds file protection and care visits here as well.
create table ssd_cin_visits (
    cinv_cin_visit_id         varchar(48) not null,
    cinv_person_id            varchar(48),
    cinv_cin_plan_id          varchar(48), -- in one build, in place of the person
    cinv_cin_visit_date       timestamp,
    cinv_cin_visit_seen       char(1),
    cinv_cin_visit_seen_alone char(1),
    cinv_cin_visit_bedroom    char(1)
);

-- A row is a section 47 enquiry about one child, counted from its strategy discussion.
create table ssd_s47_enquiry (
    s47e_s47_enquiry_id             varchar(48)   not null,
    s47e_referral_id                varchar(48),
    s47e_person_id                  varchar(48),
    s47e_s47_start_date             timestamp,
    s47e_s47_end_date               timestamp,
    s47e_s47_nfa                    char(1),
    s47e_s47_outcome_json           varchar(1000),
    s47e_s47_completed_by_worker_id varchar(100),
    s47e_s47_completed_by_team      varchar(48)
);

-- A row is an initial child protection conference about one child.
create table ssd_initial_cp_conference (
    icpc_icpc_id              varchar(48)   not null,
    icpc_icpc_meeting_id      varchar(48),
    icpc_s47_enquiry_id       varchar(48),
    icpc_person_id            varchar(48),
    icpc_cp_plan_id           varchar(48),
    icpc_referral_id          varchar(48),
    icpc_icpc_transfer_in     char(1),
    icpc_icpc_target_date     timestamp,
    icpc_icpc_date            timestamp,
    icpc_icpc_outcome_cp_flag char(1),
    icpc_icpc_outcome_json    varchar(1000),
    icpc_icpc_team            varchar(48),
    icpc_icpc_worker_id       varchar(100)
);

-- A row is a child protection plan of one child.
create table ssd_cp_plans (
    cppl_cp_plan_id               varchar(48)  not null,
    cppl_referral_id              varchar(48),
    cppl_icpc_id                  varchar(48),
    cppl_person_id                varchar(48),
    cppl_cp_plan_start_date       timestamp,
    cppl_cp_plan_end_date         timestamp,
    cppl_cp_plan_initial_category varchar(100),
    cppl_cp_plan_ola              char(1),
    cppl_cp_plan_latest_category  varchar(100)
);

-- A row is a visit to a child under a child protection plan.
create table ssd_cp_visits (
    cppv_cp_visit_id         varchar(48) not null,
    cppv_person_id           varchar(48),
    cppv_cp_plan_id          varchar(48),
    cppv_cp_visit_date       timestamp,
    cppv_cp_visit_seen       char(1),
    cppv_cp_visit_seen_alone char(1),
    cppv_cp_visit_bedroom    char(1)
);

-- A row is a review conference, due or held, on one child protection plan.
create table ssd_cp_reviews (
    cppr_cp_review_id                  varchar(48)  not null,
    cppr_person_id                     varchar(48),
    cppr_cp_plan_id                    varchar(48),
    cppr_cp_review_due                 timestamp,
    cppr_cp_review_date                timestamp,
    cppr_cp_review_meeting_id          varchar(48),
    cppr_cp_review_outcome_continue_cp char(1),
    cppr_cp_review_quorate             varchar(100),
    cppr_cp_review_participation       varchar(100)
);

-- A row is an episode of a child missing or away without authorisation.
create table ssd_missing (
    miss_table_id                   varchar(48)  not null,
    miss_person_id                  varchar(48),
    miss_missing_episode_start_date timestamp,
    miss_missing_episode_type       varchar(100),
    miss_missing_episode_end_date   timestamp,
    miss_missing_rhi_offered        varchar(2),
    miss_missing_rhi_accepted       varchar(2)
);

-- A row is one child's answers about the worker and the plan.
create table ssd_voice_of_child (
    voch_table_id              varchar(48) not null,
    voch_person_id             varchar(48),
    voch_explained_worries     char(1),
    voch_story_help_understand char(1),
    voch_agree_worker          char(1),
    voch_plan_safe             char(1),
    voch_tablet_help_explain   char(1)
);

-- A row is a span of time that one worker was involved with one child in one role.
create table ssd_involvements (
    invo_involvements_id        varchar(48)  not null,
    invo_professional_id        varchar(48),
    invo_professional_role_id   varchar(200),
    invo_professional_team      varchar(48),
    invo_involvement_start_date timestamp,
    invo_involvement_end_date   timestamp,
    invo_worker_change_reason   varchar(200),
    invo_person_id              varchar(48),
    invo_referral_id            varchar(48)
);

-- A row is a worker who has ever been involved with a child.
create table ssd_professionals (
    prof_professional_id               varchar(48)      not null,
    prof_staff_id                      varchar(48),
    prof_professional_name             varchar(300),
    prof_social_worker_registration_no varchar(48),
    prof_professional_job_title        varchar(500),
    prof_professional_caseload         integer,
    prof_professional_department       varchar(100),
    prof_full_time_equivalency         double precision,
    prof_agency_worker_flag            char(1)
);

-- A row is a team and the department it belongs to.
create table ssd_department (
    dept_team_id          varchar(48)  not null,
    dept_team_name        varchar(255),
    dept_team_parent_id   varchar(48),
    dept_team_parent_name varchar(255)
);

-- A row is another identifier of a person and how long it was valid.
create table ssd_linked_identifiers (
    link_table_id         varchar(48)  not null,
    link_person_id        varchar(48),
    link_identifier_type  varchar(100),
    link_identifier_value varchar(100),
    link_valid_from_date  timestamp,
    link_valid_to_date    timestamp
);
