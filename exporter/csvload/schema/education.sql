-- Education tables for a council that has no warehouse of its own: school register, school census, exclusions, education,
-- health and care plans, home education, children missing education, and what young people do after 16. Names and codes
-- follow the national returns. No name of a pupil, no address and no free text is asked for.

-- A row is a school or other establishment on the national register.
create table school (
    urn                       integer      not null,
    la_code                   smallint,
    establishment_number      smallint,
    establishment_name        varchar(200),
    type_code                 smallint,
    type_group_code           smallint,
    phase_code                smallint,
    phase_group               varchar(12), -- nursery, primary, secondary, special, ap, all_through, post16
    establishment_status_code smallint,    -- 1 open, 2 closed, 3 open but to close, 4 to open
    open_date                 date,
    close_date                date,
    statutory_low_age         smallint,
    statutory_high_age        smallint,
    has_sixth_form            boolean,
    school_capacity           integer,
    number_of_pupils          integer,
    predecessor_urn           integer,
    source_system             varchar(40),
    loaded_at                 timestamp    default localtimestamp
);

-- A row is one inspection of a school; no framework since September 2024 gives it a single grade.
create table school_inspection (
    inspection_id         varchar(48) not null,
    urn                   integer     not null,
    inspection_number     varchar(20),
    framework             varchar(12), -- EIF_OE to August 2024, EIF_KJ, RC2025
    inspection_type       varchar(30), -- graded, ungraded, monitoring, urgent
    inspection_start_date date,
    publication_date      date,
    overall_effectiveness smallint, -- 1 to 4, EIF_OE only
    safeguarding_met      boolean,
    category_of_concern   varchar(10), -- SM, SWK
    source_system         varchar(40),
    loaded_at             timestamp   default localtimestamp
);

-- A row is the grade that an inspection gave to one area; areas and grades depend on the framework.
create table school_inspection_grade (
    inspection_id varchar(48) not null,
    area          varchar(40) not null,
    grade         varchar(24),
    source_system varchar(40),
    loaded_at     timestamp   default localtimestamp
);

-- A row is a pupil.
create table pupil (
    pupil_id      varchar(48) not null,
    upn           char(13),
    former_upn    char(13),
    uln           char(10),
    date_of_birth date,
    sex           char(1), -- M, F
    ethnicity     char(4),
    home_la_code  smallint,
    fsm_eligible  boolean,
    pupil_premium boolean,
    ssd_person_id varchar(48), -- found by matching outside the exporter
    source_system varchar(40),
    loaded_at     timestamp   default localtimestamp
);

-- A row is a span of time that a pupil was known to social care, written by the social care side, since no query crosses
-- from one database to the other.
create table pupil_social_care (
    pupil_id      varchar(48) not null,
    status        varchar(12) not null, -- CIN, CPP, CLA
    starts        date        not null,
    ends          date,
    source_system varchar(40),
    loaded_at     timestamp   default localtimestamp
);

-- A row is a span of time that a pupil was on the roll of one school, as the school census has it.
create table pupil_enrolment (
    enrolment_id   varchar(48) not null,
    pupil_id       varchar(48) not null,
    urn            integer     not null,
    enrol_status   char(1), -- C current, M main, S subsidiary, G guest, F further education, O other
    entry_date     date,
    leaving_date   date,
    nc_year_actual varchar(2), -- N1, N2, R, 1 to 14, X
    sen_provision  char(1),    -- N none, K support, E plan
    sen_type_1     varchar(4),
    sen_type_2     varchar(4),
    part_time      boolean,
    term           char(3),
    census_date    date,
    source_system  varchar(40),
    loaded_at      timestamp   default localtimestamp
);

-- A row is one pupil's attendance at one school over a week or a term.
create table attendance_summary (
    pupil_id              varchar(48) not null,
    urn                   integer     not null,
    period_start          date        not null,
    period_end            date        not null,
    academic_year         char(9),    -- 2025/2026
    term                  varchar(6), -- autumn, spring, summer
    sessions_possible     smallint,
    sessions_authorised   smallint,
    sessions_unauthorised smallint,
    sessions_by_code      text,
    source_system         varchar(40),
    loaded_at             timestamp   default localtimestamp
);

-- A row is one pupil's mark for one session: millions a year, so weekly summaries serve better.
create table attendance_session (
    pupil_id      varchar(48) not null,
    urn           integer     not null,
    session_date  date        not null,
    session       char(2)     not null, -- AM, PM
    code          varchar(2),
    source_system varchar(40),
    loaded_at     timestamp   default localtimestamp
);

-- A row is one suspension or permanent exclusion.
create table exclusion (
    exclusion_id   varchar(48) not null,
    pupil_id       varchar(48),
    urn            integer,
    category       char(4), -- SUSP, PERM, LNCH
    reason_1       char(2),
    reason_2       char(2),
    reason_3       char(2),
    start_date     date,
    sessions       smallint,
    sen_provision  char(1),
    in_care        boolean,
    review_outcome varchar(20),
    reinstated     boolean,
    source_system  varchar(40),
    loaded_at      timestamp   default localtimestamp
);

-- A row is a request for an education, health and care needs assessment.
create table ehc_request (
    request_id           varchar(48) not null,
    pupil_id             varchar(48),
    person_ref           varchar(48),
    received_date        date,
    request_source       varchar(30), -- parent, young_person, school, health, social_care, other
    request_outcome      char(1),     -- Y agreed, N refused, A awaited, W withdrawn, H historical
    request_outcome_date date,
    mediation            boolean,
    tribunal             boolean,
    exception_applied    boolean,
    exported_from        varchar(20),
    transferred_in       boolean,
    lead_officer_team    varchar(48),
    source_system        varchar(40),
    loaded_at            timestamp   default localtimestamp
);

-- A row is an education, health and care needs assessment that was agreed to.
create table ehc_assessment (
    assessment_id           varchar(48) not null,
    request_id              varchar(48),
    assessment_outcome      char(1), -- Y a plan, N no plan, A awaited, W withdrawn, H historical
    assessment_outcome_date date,
    assessment_exception    boolean, -- regulation 10(4) of the 2014 SEND regulations
    exception_reason        char(1), -- a to d
    source_system           varchar(40),
    loaded_at               timestamp   default localtimestamp
);

-- A row is an education, health and care plan; it starts on the day the final plan was issued.
create table ehc_plan (
    plan_id           varchar(48) not null,
    request_id        varchar(48),
    pupil_id          varchar(48),
    start_date        date,
    cease_date        date,
    cease_reason      smallint,
    plan_res          char(1),
    personal_budget   boolean,
    placement_urn     integer,
    placement_type    varchar(30),
    sen_setting       varchar(10),
    transferred_in    boolean,
    lead_officer_team varchar(48),
    source_system     varchar(40),
    loaded_at         timestamp   default localtimestamp
);

-- A row is one type of need in a plan, 1 being the primary one.
create table ehc_plan_need (
    plan_id       varchar(48) not null,
    sen_type      varchar(4),
    sen_type_rank smallint    not null,
    source_system varchar(40),
    loaded_at     timestamp   default localtimestamp
);

-- A row is one annual review of a plan, due or done.
create table ehc_annual_review (
    review_id     varchar(48) not null,
    plan_id       varchar(48) not null,
    due_date      date,
    meeting_date  date,
    decision_date date,
    decision      char(1), -- C continue, A amend, E cease
    source_system varchar(40),
    loaded_at     timestamp   default localtimestamp
);

-- A row is a span of time that a child was home educated by the parents' choice.
create table ehe_episode (
    ehe_id               varchar(48) not null,
    pupil_id             varchar(48) not null,
    start_date           date,
    end_date             date,
    primary_reason       varchar(40),
    previous_reason      varchar(40),
    last_urn             integer,
    sen_provision        char(1),
    known_to_social_care varchar(10), -- none, CIN, CPP, CLA, ever
    last_contact_date    date,
    suitability          varchar(12), -- suitable, unsuitable, not_yet
    end_reason           varchar(40),
    flexi                boolean     default false,
    source_system        varchar(40),
    loaded_at            timestamp   default localtimestamp
);

-- A row is a span of time, from the day it became known, that a child was missing education.
create table cme_episode (
    cme_id            varchar(48) not null,
    pupil_id          varchar(48) not null,
    start_date        date,
    end_date          date,
    reason            varchar(40),
    last_urn          integer,
    end_reason        varchar(40),
    whereabouts_known boolean,
    source_system     varchar(40),
    loaded_at         timestamp   default localtimestamp
);

-- A row is a span of time that a pupil was on a part-time timetable.
create table part_time_timetable (
    timetable_id   varchar(48)  not null,
    pupil_id       varchar(48)  not null,
    urn            integer,
    start_date     date,
    end_date       date,
    hours_per_week numeric(5,2),
    source_system  varchar(40),
    loaded_at      timestamp    default localtimestamp
);

-- A row is a span of time that a pupil was taught by an alternative provider.
create table alternative_provision (
    provision_id   varchar(48)  not null,
    pupil_id       varchar(48)  not null,
    urn            integer,
    start_date     date,
    end_date       date,
    hours_per_week numeric(5,2),
    provider       varchar(200),
    source_system  varchar(40),
    loaded_at      timestamp    default localtimestamp
);

-- A row is what one young person did at the end of one month, from the client caseload record.
create table yp_activity (
    yp_id                       varchar(48) not null,
    pupil_id                    varchar(48),
    academic_age                smallint,
    cohort_status               char(1),
    lead_la                     smallint,
    current_activity_code       smallint,
    current_activity_start_date date,
    currency_date               date,
    september_guarantee_offer   varchar(8),
    ehcp                        boolean,
    characteristics             varchar(60),
    as_at_month                 date        not null,
    source_system               varchar(40),
    loaded_at                   timestamp   default localtimestamp
);
