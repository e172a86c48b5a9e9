-- A council of 120 children, seen from 31 March 2026: 60 of them on a plan and all seen in the week before, allocated to
-- three workers of two of its four teams, and 90 referrals in the quarter before.
insert into ssd_person (pers_person_id, pers_dob)
select 'P' || n, date '2015-01-01' + n
from generate_series(1, 120) as n;

insert into ssd_cp_plans (cppl_cp_plan_id, cppl_person_id, cppl_cp_plan_start_date, cppl_cp_plan_ola)
select 'C' || n, 'P' || n, timestamp '2025-06-02', 'N'
from generate_series(1, 60) as n;

insert into ssd_cp_visits (cppv_cp_visit_id, cppv_person_id, cppv_cp_visit_date, cppv_cp_visit_seen)
select 'V' || n, 'P' || 1 + n % 60, timestamp '2026-03-24' - make_interval(days => 10 * (n / 60)), 'Y'
from generate_series(0, 239) as n;

insert into ssd_department (dept_team_id, dept_team_name)
values ('T1', 'North'), ('T2', 'South'), ('T3', 'East'), ('T4', 'West');

insert into ssd_professionals (prof_professional_id, prof_staff_id)
select 'W' || n, 'S' || n
from generate_series(0, 2) as n;

insert into ssd_involvements (invo_involvements_id, invo_person_id, invo_professional_id, invo_professional_role_id,
                              invo_professional_team, invo_involvement_start_date)
select 'I' || n, 'P' || n, 'W' || n % 3, 'CW', 'T' || 1 + n % 2, timestamp '2025-06-02'
from generate_series(1, 60) as n;

insert into ssd_cin_episodes (cine_referral_id, cine_person_id, cine_referral_date, cine_cin_primary_need_code)
select 'R' || n, 'P' || 1 + n % 120, timestamp '2026-01-01' + make_interval(days => n % 85), case when n % 3 = 0 then 'N4' else 'N1' end
from generate_series(1, 90) as n;
