package source_test

import (
	"context"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jmoiron/sqlx"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/guard"
	"childrens-services-exporter/exporter/postgres"
	"childrens-services-exporter/exporter/source"
	"childrens-services-exporter/exporter/staging"
	"childrens-services-exporter/exporter/unavailable"
	"childrens-services-exporter/internal/testcouncil"
)

// acceptingGuard accepts every table at once.
func acceptingGuard() *source.Guard {
	return source.NewGuard(guard.Policy{MinStableReads: 1, MinPersistentReads: 1})
}

// evaluateCohorts gives the number of children on a plan and of referrals since
// April, or why there is none.
func evaluateCohorts(t *testing.T, at string, settings config.Settings) map[string]string {
	t.Helper()
	src := testcouncil.Source(t, at, testcouncil.Settings{Council: settings, Guards: acceptingGuard()})
	results := map[string]string{}
	err := src.Read(t.Context(), source.ReadOptions{AsOf: testcouncil.Noon()}, func(ctx context.Context, session *source.Session) error {
		for _, plan := range session.Plans {
			kind := plan.Cohort.Windows[len(plan.Cohort.Windows)-1]
			p := plan.Cohort.Period(src.Calendar, kind, testcouncil.Noon())
			answer, err := session.Evaluate(ctx, plan, []calendar.Period{p})
			if err != nil {
				results[plan.Cohort.Name] = postgres.Describe(err)
				continue
			}
			results[plan.Cohort.Name] = number(answer.Rows(p)) + withdrawals(plan)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return results
}

// withdrawals lists what is withdrawn of a cohort, and why.
func withdrawals(plan *staging.Plan) string {
	list, message := "", ""
	for _, withdrawal := range plan.Withdrawn {
		name := strings.TrimPrefix(withdrawal.Indicator.Name, "childrens_")
		if withdrawal.By != "" {
			name += " by " + withdrawal.By
		}
		list, message = list+", without "+name, ": "+withdrawal.Message
	}
	return list + message
}

func number(n int64) string {
	return map[int64]string{60: "all plans", 90: "all referrals"}[n]
}

func allReady() map[string]string {
	return map[string]string{"child_protection/plans": "all plans", "front_door/referrals": "all referrals"}
}

// without is allReady, but for one cohort's reason.
func without(cohort, reason string) map[string]string {
	want := allReady()
	want[cohort] = reason
	return want
}

// reader gives a login the rights of a statement and the URL to use them with.
func reader(t *testing.T, db *sqlx.DB, at, role, grants string) string {
	t.Helper()
	db.MustExec("create role " + role + " login; " + strings.ReplaceAll(grants, "ROLE", role))
	t.Cleanup(func() { db.MustExec("drop owned by " + role + "; drop role " + role) })
	parsed, err := url.Parse(at)
	if err != nil {
		t.Fatal(err)
	}
	parsed.User = url.User(role)
	return parsed.String()
}

// neededColumns are the columns, and no others, that the two cohorts need.
const neededColumns = `
grant select (pers_person_id, pers_dob) on ssd_person to ROLE;
grant select (cppl_cp_plan_id, cppl_person_id, cppl_cp_plan_start_date, cppl_cp_plan_end_date) on ssd_cp_plans to ROLE;
grant select (cppv_cp_visit_id, cppv_person_id, cppv_cp_visit_date, cppv_cp_visit_seen) on ssd_cp_visits to ROLE;
grant select (invo_involvements_id, invo_person_id, invo_professional_id, invo_professional_role_id, invo_professional_team,
              invo_involvement_start_date, invo_involvement_end_date) on ssd_involvements to ROLE;
grant select (prof_professional_id) on ssd_professionals to ROLE;
grant select (dept_team_id, dept_team_name) on ssd_department to ROLE;
grant select (cine_referral_id, cine_person_id, cine_referral_date, cine_close_date, cine_cin_primary_need_code) on ssd_cin_episodes to ROLE`

func TestLoginNeedsNoMoreThanTheColumnsUsed(t *testing.T) {
	at := testcouncil.Database(t)
	login := reader(t, testcouncil.Session(t, at), at, "columns_only", neededColumns)
	if diff := cmp.Diff(allReady(), evaluateCohorts(t, login, config.Settings{})); diff != "" {
		t.Error(diff)
	}
}

func TestLoginThatMayReadNothingIsNoSourceThatIsUp(t *testing.T) {
	at := testcouncil.Database(t)
	db := testcouncil.Session(t, at)
	login := reader(t, db, at, "shut_out", neededColumns)
	db.MustExec("revoke usage on schema public from public")
	src := testcouncil.Source(t, login, testcouncil.Settings{Guards: acceptingGuard()})
	err := src.Read(t.Context(), source.ReadOptions{AsOf: testcouncil.Noon()}, func(context.Context, *source.Session) error { return nil })
	var held *unavailable.Error
	if err == nil || errors.As(err, &held) || !strings.Contains(postgres.Describe(err), "usage of the schema") {
		t.Errorf("the read ended with %v", err)
	}
}

func TestMissingTableColumnOrRightTakesAwayWhatNeedsIt(t *testing.T) {
	for name, test := range map[string]struct{ change, reason string }{
		"table":                   {"drop table ssd_cp_visits", "all plans, without cp_visits_on_time_ratio: table ssd_cp_visits is missing"},
		"table of who is counted": {"drop table ssd_cp_plans", "table ssd_cp_plans is missing"},
		"column": {"alter table ssd_person drop column pers_dob",
			"all plans, without cp_plans_of_unknown_age: column ssd_person.pers_dob is missing"},
		"column of who is counted": {"alter table ssd_cp_plans drop column cppl_cp_plan_start_date", "column ssd_cp_plans.cppl_cp_plan_start_date is missing"},
		"column right": {"revoke select (pers_dob) on ssd_person from switched_off",
			"all plans, without cp_plans_of_unknown_age: no right to read column ssd_person.pers_dob"},
		"table right": {"revoke all on ssd_involvements from switched_off",
			"all plans, without cp_plans_open by team, without cp_visits_on_time_ratio by team, without cp_plans_by_worker by worker: no right to read column ssd_involvements.invo_involvement_end_date"},
	} {
		t.Run(name, func(t *testing.T) {
			at := testcouncil.Database(t)
			db := testcouncil.Session(t, at)
			login := reader(t, db, at, "switched_off", neededColumns)
			db.MustExec(test.change)
			if diff := cmp.Diff(without("child_protection/plans", test.reason), evaluateCohorts(t, login, config.Settings{})); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTablesAreFoundUnderSchemaPrefixAndAnyCase(t *testing.T) {
	social := func(src config.SourceSettings) config.Settings {
		return config.Settings{Sources: map[string]config.SourceSettings{"social_care": src}}
	}
	moved := func(to string) string {
		return `do $$ declare name text; begin
			for name in select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
			loop execute format(` + to + `); end loop; end $$`
	}
	ambiguous := "table ssd_cp_plans could be %s; choose with schema and prefix in the settings"
	for name, test := range map[string]struct {
		change   string
		settings config.Settings
		want     map[string]string
	}{
		"schema": {"create schema ssd_development; " + moved("'alter table %I set schema ssd_development', name"),
			social(config.SourceSettings{Schema: "SSD_Development"}), allReady()},
		"schema off the search path": {"create schema ssd_development; " + moved("'alter table %I set schema ssd_development', name"),
			config.Settings{}, allReady()},
		"an older copy elsewhere": {"create schema archive; create table archive.ssd_cp_plans (like ssd_cp_plans)",
			config.Settings{}, allReady()},
		"two copies off the search path": {"create schema archive; create schema current; create table archive.ssd_cp_plans (like ssd_cp_plans); alter table ssd_cp_plans set schema current",
			config.Settings{}, without("child_protection/plans", strings.Replace(ambiguous, "%s", `"archive"."ssd_cp_plans" or "current"."ssd_cp_plans"`, 1))},
		"two copies in two cases": {`create table "SSD_CP_Plans" (like ssd_cp_plans)`,
			config.Settings{}, without("child_protection/plans", strings.Replace(ambiguous, "%s", `"public"."SSD_CP_Plans" or "public"."ssd_cp_plans"`, 1))},
		"prefix": {moved("'alter table %I rename to %I', name, 'Liq_' || name"), social(config.SourceSettings{Prefix: "LIQ_"}), allReady()},
		"mixed case": {moved("'alter table %I rename to %I', name, initcap(name)") + `; alter table "Ssd_Person" rename column pers_dob to "PERS Dob";
			alter table "Ssd_Person" rename column "PERS Dob" to "PERS_Dob"`, config.Settings{}, allReady()},
		"views":              {"create schema store; " + moved("'alter table %1$I set schema store; create view %1$I as table store.%1$I', name"), config.Settings{}, allReady()},
		"materialized views": {"create schema store; " + moved("'alter table %1$I set schema store; create materialized view %1$I as table store.%1$I', name"), config.Settings{}, allReady()},
		"partitions": {`alter table ssd_cp_plans rename to filled; create table ssd_cp_plans (like filled) partition by hash (cppl_person_id);
			create table half_0 partition of ssd_cp_plans for values with (modulus 2, remainder 0);
			create table half_1 partition of ssd_cp_plans for values with (modulus 2, remainder 1); insert into ssd_cp_plans table filled`, config.Settings{}, allReady()},
	} {
		t.Run(name, func(t *testing.T) {
			at := testcouncil.Database(t)
			testcouncil.Session(t, at).MustExec(test.change)
			if diff := cmp.Diff(test.want, evaluateCohorts(t, at, test.settings)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestOverrideReplacesARelationAndFailsAlone(t *testing.T) {
	for name, test := range map[string]struct {
		sql  string
		want map[string]string
	}{
		"another warehouse": {"select id as plan_id, child as person_id, began as starts, null::date as ends, false as other_authority from own_plans;", allReady()},
		"a table it lacks": {"select * from elsewhere", without("child_protection/plans",
			`a table or column is missing: relation "elsewhere" does not exist`)},
		"a column it lacks": {"select id as plan_id from own_plans", without("child_protection/plans",
			`a table or column is missing: column cp_plan.starts does not exist`)},
		"a fault in a row": {"select id as plan_id, child as person_id, began + (1 / (length(id) - length(id))) as starts, null::date as ends from own_plans",
			without("child_protection/plans", "PostgreSQL error 22012 (division_by_zero)")},
	} {
		t.Run(name, func(t *testing.T) {
			at := testcouncil.Database(t)
			testcouncil.Session(t, at).MustExec("create table own_plans as select cppl_cp_plan_id as id, cppl_person_id as child, cppl_cp_plan_start_date::date as began from ssd_cp_plans; drop table ssd_cp_plans")
			file := filepath.Join(t.TempDir(), "cp_plan.sql")
			if err := os.WriteFile(file, []byte(test.sql), 0o600); err != nil {
				t.Fatal(err)
			}
			settings := config.Settings{Sources: map[string]config.SourceSettings{"social_care": {Staging: map[string]string{"cp_plan": file}}}}
			if diff := cmp.Diff(test.want, evaluateCohorts(t, at, settings)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
