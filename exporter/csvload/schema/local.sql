-- The local supplement: what neither the case system nor a national return holds, kept by most councils in spreadsheets.
-- Each table is read from the database of the indicators that use it, and an absent table only switches those off.

-- A row is the staffing of one team, role and kind of employment on one day.
create table workforce_snapshot (
    snapshot_date          date         not null,
    service                varchar(48),
    team_id                varchar(48),
    role                   varchar(48), -- social_worker, senior, manager, ...
    employment             varchar(24), -- permanent, agency
    fte                    numeric(8,2),
    headcount              integer,
    vacant_fte             numeric(8,2),
    asye_headcount         integer,
    working_days_lost      numeric(8,2),
    working_days_available numeric(8,2)
);

-- A row is one joiner or leaver, or several that share the day, role and reason.
create table workforce_movement (
    move_date  date         not null,
    kind       varchar(12)  not null, -- starter, leaver
    employment varchar(24),
    role       varchar(48),
    fte        numeric(8,2),
    reason     varchar(100)
);

-- A row is one intake of newly qualified social workers.
create table asye_recruitment (
    cohort       varchar(24) not null, -- the month in which it opened, as in 2026-03
    applications integer,
    offers       integer,
    starts       integer
);

-- A row is one supervision session, of a worker or about one child, held or due.
create table supervision_session (
    worker_id    varchar(48) not null,
    team_id      varchar(48),
    session_date date,
    kind         varchar(12), -- individual, group
    person_id    varchar(48),
    due_date     date
);

-- A row is one case audit; person_id is a hash, never the child's own number.
create table case_audit (
    audit_id   varchar(48) not null,
    person_id  varchar(64),
    audit_date date,
    kind       varchar(12), -- full, dip_sample, thematic
    service    varchar(48),
    team_id    varchar(48),
    grade      smallint, -- 1 outstanding to 4 inadequate
    moderated  boolean
);

-- A row is the return interview after one missing episode; the law counts hours, so these are times.
create table return_interview (
    miss_table_id varchar(48) not null,
    returned_at   timestamp,
    offered_at    timestamp,
    held_at       timestamp,
    outcome       varchar(48)
);

-- A row is one early help assessment.
create table early_help_assessment (
    episode_id varchar(48)  not null,
    started    date,
    completed  date,
    level      varchar(24),
    agency     varchar(100)
);

-- A row is the front door's decision on one referral.
create table frontdoor_decision (
    referral_id varchar(48) not null,
    received_at timestamp,
    decided_at  timestamp,
    decision    varchar(48)
);

-- A row is one core group meeting on one child protection plan.
create table core_group (
    cp_plan_id   varchar(48) not null,
    meeting_date date
);

-- A row is how one visit took place, and when it was written down.
create table visit_method (
    visit_id    varchar(48) not null,
    method      varchar(16), -- face_to_face, virtual, attempted
    recorded_at timestamp
);

-- A row is a postcode and the authority it lies in.
create table postcode_lookup (
    postcode varchar(8) not null,
    la_code  varchar(9) not null
);

-- A row is what one local word in one column means.
create table code_map (
    source_table  varchar(63)  not null,
    source_column varchar(63)  not null,
    raw_value     varchar(255) not null,
    code          varchar(48),
    "group"       varchar(48)
);

-- A row is the target of one indicator from a day on, to the end of valid_to if that is given. Without a target the
-- council has decided on none. With start_value the target moves day by day from there, on valid_from, to target on
-- reached_on, and stays. better is higher or lower where the catalogue says neither.
create table target (
    indicator   varchar(100)     not null,
    valid_from  date             not null,
    valid_to    date,
    target      double precision,
    tolerance   double precision,
    owner       varchar(100),
    better      varchar(6),
    start_value double precision,
    reached_on  date
);

-- A row is what the service has to say about one indicator in one period, as 2026-27 Q2, and what it does about it. A
-- row that is not published stays in the database.
create table commentary (
    indicator           varchar(100) not null,
    period              varchar(24)  not null,
    text                text,
    author_role         varchar(100),
    published           boolean,
    status_last_meeting varchar(24),
    action              text
);

-- A row is something that happened on a day and may explain a bend in a line.
create table events (
    event       varchar(80) not null,
    happened_on date        not null
);

-- A row is one published figure of another area.
create table benchmark (
    indicator   varchar(100)     not null,
    area_type   varchar(48)      not null,
    area        varchar(100)     not null,
    year        varchar(9)       not null,
    value       double precision,
    numerator   double precision,
    denominator double precision,
    source      varchar(200),
    published   date
);

-- A row is a day that the council counts differently from the national calendar.
create table calendar (
    day            date         not null,
    is_working_day boolean      not null,
    name           varchar(100)
);
