-- The standard safeguarding dataset (SSD), continued from social_care.sql: children looked after, care leavers,
-- permanence, court, special educational needs, and the reference tables of the build.

-- A row is an episode of care; consecutive episodes with one clae_cla_id make a period of care.
create table ssd_cla_episodes (
    clae_cla_episode_id            varchar(48)  not null,
    clae_person_id                 varchar(48),
    clae_cla_episode_start_date    timestamp,
    clae_cla_episode_start_reason  varchar(100),
    clae_cla_primary_need_code     varchar(3),
    clae_cla_episode_ceased_date   timestamp, -- also clae_cla_episode_ceased
    clae_cla_episode_ceased_reason varchar(255),
    clae_cla_id                    varchar(48),
    clae_referral_id               varchar(48),
    clae_cla_placement_id          varchar(48),
    clae_entered_care_date         timestamp,
    clae_cla_last_iro_contact_date timestamp
);

-- A row is a placement of a looked-after child.
create table ssd_cla_placement (
    clap_cla_placement_id            varchar(48)      not null,
    clap_cla_placement_start_date    timestamp,
    clap_cla_placement_type          varchar(100),
    clap_cla_placement_urn           varchar(48),
    clap_cla_placement_distance      double precision,
    clap_cla_id                      varchar(48),
    clap_cla_placement_provider      varchar(48),
    clap_cla_placement_postcode      varchar(8),
    clap_cla_placement_end_date      timestamp,
    clap_cla_placement_change_reason varchar(100),
    clap_person_id                   varchar(48)
);

-- A row is a looked-after review, due or held, of one period of care.
create table ssd_cla_reviews (
    clar_cla_review_id            varchar(48)  not null,
    clar_cla_id                   varchar(48),
    clar_cla_person_id            varchar(48),
    clar_cla_review_due_date      timestamp,
    clar_cla_review_date          timestamp,
    clar_cla_review_cancelled     char(1),
    clar_cla_review_participation varchar(100)
);

-- A row is a statutory visit to a looked-after child.
create table ssd_cla_visits (
    clav_cla_visit_id         varchar(48) not null,
    clav_cla_id               varchar(48),
    clav_person_id            varchar(48),
    clav_cla_visit_date       timestamp,
    clav_cla_visit_seen       char(1),
    clav_cla_visit_seen_alone char(1)
);

-- A row is a span of time that a looked-after child had one care plan.
create table ssd_cla_care_plan (
    lacp_table_id                 varchar(48)   not null, -- also lacp_cla_care_plan_id
    lacp_person_id                varchar(48),
    lacp_cla_care_plan_start_date timestamp,
    lacp_cla_care_plan_end_date   timestamp,
    lacp_cla_care_plan_json       varchar(1000)
);

-- A row is a health assessment or dental check of a looked-after child.
create table ssd_cla_health (
    clah_health_check_id     varchar(48)  not null,
    clah_person_id           varchar(48),
    clah_health_check_type   varchar(500),
    clah_health_check_date   timestamp,
    clah_health_check_status varchar(48)
);

-- A row is a looked-after child and whether immunisations are up to date.
create table ssd_cla_immunisations (
    clai_person_id                 varchar(48) not null,
    clai_immunisations_status      char(1),
    clai_immunisations_status_date timestamp
);

-- A row is one finding of substance misuse by a looked-after child.
create table ssd_cla_substance_misuse (
    clas_substance_misuse_id   varchar(48)  not null,
    clas_person_id             varchar(48),
    clas_substance_misuse_date timestamp,
    clas_substance_misused     varchar(100),
    clas_intervention_received char(1)
);

-- A row is one conviction of a looked-after child.
create table ssd_cla_convictions (
    clac_cla_conviction_id      varchar(48)   not null,
    clac_person_id              varchar(48),
    clac_cla_conviction_date    timestamp,
    clac_cla_conviction_offence varchar(1000)
);

-- A row is a permanence arrangement that ended before a child came into care again.
create table ssd_cla_previous_permanence (
    lapp_table_id                       varchar(48)  not null,
    lapp_person_id                      varchar(48),
    lapp_previous_permanence_order_date varchar(10),
    lapp_previous_permanence_option     varchar(200),
    lapp_previous_permanence_la         varchar(100)
);

-- A row is a strengths and difficulties questionnaire about a looked-after child.
create table ssd_sdq_scores (
    csdq_table_id           varchar(48)  not null,
    csdq_person_id          varchar(48),
    csdq_sdq_completed_date timestamp,
    csdq_sdq_reason         varchar(100),
    csdq_sdq_score          integer
);

-- A row is a care leaver as last recorded: contact, home and activity.
create table ssd_care_leavers (
    clea_table_id                     varchar(48)  not null,
    clea_person_id                    varchar(48),
    clea_care_leaver_eligibility      varchar(100),
    clea_care_leaver_in_touch         varchar(100),
    clea_care_leaver_latest_contact   timestamp,
    clea_care_leaver_accommodation    varchar(100),
    clea_care_leaver_accom_suitable   varchar(100),
    clea_care_leaver_activity         varchar(100),
    clea_pathway_plan_review_date     timestamp,
    clea_care_leaver_personal_advisor varchar(100),
    clea_care_leaver_allocated_team   varchar(48),
    clea_care_leaver_worker_id        varchar(100)
);

-- A row is the way of one looked-after child to adoption or another permanent home.
create table ssd_permanence (
    perm_table_id                 varchar(48)  not null,
    perm_person_id                varchar(48),
    perm_cla_id                   varchar(48),
    perm_adm_decision_date        timestamp,
    perm_ffa_cp_decision_date     timestamp,
    perm_placement_order_date     timestamp,
    perm_placed_for_adoption_date timestamp,
    perm_matched_date             timestamp,
    perm_adopted_by_carer_flag    char(1),
    perm_placed_ffa_cp_date       timestamp,
    perm_decision_reversed_date   timestamp,
    perm_placed_foster_carer_date timestamp,
    perm_part_of_sibling_group    char(1),
    perm_siblings_placed_together integer,
    perm_siblings_placed_apart    integer,
    perm_placement_provider_urn   varchar(48),
    perm_decision_reversed_reason varchar(100),
    perm_permanence_order_date    timestamp,
    perm_permanence_order_type    varchar(100),
    perm_adoption_worker_id       varchar(100),
    perm_adopter_sex              varchar(48),
    perm_adopter_legal_status     varchar(100),
    perm_number_of_adopters       integer
);

-- A row is one child in pre-proceedings or care proceedings.
create table ssd_pre_proceedings (
    prep_table_id                         varchar(48)  not null,
    prep_person_id                        varchar(48),
    prep_plo_family_id                    varchar(48),
    prep_pre_pro_decision_date            timestamp,
    prep_initial_pre_pro_meeting_date     timestamp,
    prep_pre_pro_outcome                  varchar(100),
    prep_agree_stepdown_issue_date        timestamp,
    prep_cp_plans_referral_period         integer,
    prep_legal_gateway_outcome            varchar(100),
    prep_prev_pre_proc_child              integer,
    prep_prev_care_proc_child             integer,
    prep_pre_pro_letter_date              timestamp,
    prep_care_pro_letter_date             timestamp,
    prep_pre_pro_meetings_num             integer,
    prep_pre_pro_parents_legal_rep        char(1),
    prep_parents_legal_rep_point_of_issue char(2),
    prep_court_reference                  varchar(48),
    prep_care_proc_court_hearings         integer,
    prep_care_proc_short_notice           char(1),
    prep_proc_short_notice_reason         varchar(100),
    prep_la_inital_plan_approved          char(1),
    prep_la_initial_care_plan             varchar(100),
    prep_la_final_plan_approved           char(1),
    prep_la_final_care_plan               varchar(100)
);

-- A row is an answer on a care plan form, from which ssd_cla_care_plan is made.
create table ssd_pre_cla_care_plan (
    fact_form_id       varchar(48)  not null,
    answer             varchar(255),
    answer_no          varchar(10),
    dim_person_id      varchar(48),
    latestresponsedate timestamp
);

-- A row is a person with pupil and learner numbers.
create table ssd_send (
    send_table_id    varchar(48) not null,
    send_upn         varchar(48),
    send_uln         varchar(48),
    send_upn_unknown varchar(6),
    send_person_id   varchar(48)
);

-- A row is a request to assess a child's education, health and care needs.
create table ssd_ehcp_requests (
    ehcr_ehcp_request_id       varchar(48)  not null,
    ehcr_send_table_id         varchar(48),
    ehcr_ehcp_req_date         timestamp,
    ehcr_ehcp_req_outcome_date timestamp,
    ehcr_ehcp_req_outcome      varchar(100)
);

-- A row is an education, health and care needs assessment.
create table ssd_ehcp_assessment (
    ehca_ehcp_assessment_id           varchar(48)  not null,
    ehca_ehcp_request_id              varchar(48),
    ehca_ehcp_assessment_outcome_date timestamp,
    ehca_ehcp_assessment_outcome      varchar(100),
    ehca_ehcp_assessment_exceptions   varchar(100)
);

-- A row is an education, health and care plan with its start and end.
create table ssd_ehcp_named_plan (
    ehcn_named_plan_id            varchar(48)  not null,
    ehcn_ehcp_asmt_id             varchar(48),
    ehcn_named_plan_start_date    timestamp,
    ehcn_named_plan_ceased_date   timestamp,
    ehcn_named_plan_ceased_reason varchar(100)
);

-- A row is an education, health and care plan in force, with its last review.
create table ssd_ehcp_active_plans (
    ehcp_active_ehcp_id               varchar(48) not null,
    ehcp_ehcp_request_id              varchar(48),
    ehcp_active_ehcp_last_review_date timestamp
);

-- A row is one type of need named in a plan in force.
create table ssd_sen_need (
    senn_table_id              varchar(48)  not null,
    senn_active_ehcp_id        varchar(48),
    senn_active_ehcp_need_type varchar(100),
    senn_active_ehcp_need_rank char(1)
);

-- A row is a placement's finance record, which no build fills yet.
create table ssd_s251_finance (
    s251_table_id         varchar(48) not null,
    s251_cla_placement_id varchar(48),
    s251_placeholder_1    varchar(48),
    s251_placeholder_2    varchar(48),
    s251_placeholder_3    varchar(48),
    s251_placeholder_4    varchar(48)
);

-- A row is a person and what brought them into the extract.
create table ssd_cohort (
    dim_person_id       varchar(48) not null,
    first_activity_dttm timestamp,
    has_903             boolean,
    has_client_flag     boolean, -- also has_client
    has_contact         boolean,
    has_eligibility     boolean,
    has_involvement     boolean,
    has_referral        boolean,
    is_care_leaver      boolean,
    last_activity_dttm  timestamp,
    legacy_id           varchar(48)
);

-- A row is a day with its week, month, quarter and year; it knows no bank holidays.
create table ssd_dim_date (
    date_key                  integer    not null,
    full_date                 date,
    day_of_month              smallint,
    day_of_week_monday1       smallint,
    is_weekend                boolean,
    iso_week                  smallint,
    iso_year                  integer,
    month_number              smallint,
    month_start_date          date,
    month_end_date            date,
    calendar_quarter          smallint,
    quarter_start_date        date,
    quarter_end_date          date,
    calendar_year             integer,
    year_start_date           date,
    year_end_date             date,
    fiscal_quarter            smallint,
    fiscal_quarter_start_date date,
    fiscal_quarter_end_date   date,
    fiscal_year_label         varchar(7),
    fiscal_year_start_year    integer,
    fiscal_year_start_date    date,
    fiscal_year_end_date      date
);
