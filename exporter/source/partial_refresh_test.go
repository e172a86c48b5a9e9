package source_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"
	"go.yaml.in/yaml/v3"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/guard"
	"childrens-services-exporter/exporter/source"
	"childrens-services-exporter/exporter/store"
	"childrens-services-exporter/exporter/unavailable"
	"childrens-services-exporter/internal/temppg/pgtest"
	"childrens-services-exporter/internal/testcouncil"
)

// years fills the council's tables with some years of plans, cases and involvements,
// up to the day before 31 March 2026, and keeps a copy of each.
const years = `
insert into ssd_person (pers_person_id, pers_dob) select 'P' || n, date '2012-01-01' + n from generate_series(121, 2000) as n;
truncate ssd_cp_plans, ssd_cin_episodes, ssd_involvements;
insert into ssd_cp_plans (cppl_cp_plan_id, cppl_person_id, cppl_cp_plan_start_date, cppl_cp_plan_end_date, cppl_cp_plan_ola)
select 'C' || lpad(n::text, 6, '0'), 'P' || n, begun, case when begun < '2025-08-01' then begun + interval '210 days' end, 'N'
from generate_series(1, 235) as n cross join lateral (select timestamp '2026-03-30' - make_interval(days => (235 - n) * 8)) as at (begun);
insert into ssd_cin_episodes (cine_referral_id, cine_person_id, cine_referral_date, cine_close_date, cine_cin_primary_need_code)
select 'R' || lpad(n::text, 6, '0'), 'P' || n, begun, case when begun < '2025-10-01' then begun + interval '150 days' end, 'N1'
from generate_series(1, 2000) as n cross join lateral (select timestamp '2026-03-30' - make_interval(days => 2000 - n)) as at (begun);
insert into ssd_involvements (invo_involvements_id, invo_person_id, invo_professional_id, invo_professional_role_id, invo_professional_team,
                              invo_involvement_start_date, invo_involvement_end_date)
select 'I' || lpad(n::text, 6, '0'), 'P' || n, 'W' || n % 3, 'CW', 'T1', begun, case when begun < '2025-08-01' then begun + interval '200 days' end
from generate_series(1, 1000) as n cross join lateral (select timestamp '2026-03-30' - make_interval(days => (1000 - n) * 2)) as at (begun);
create schema keep;
create table keep.ssd_person as table ssd_person;
create table keep.ssd_cp_plans as table ssd_cp_plans;
create table keep.ssd_cin_episodes as table ssd_cin_episodes;
create table keep.ssd_involvements as table ssd_involvements`

// refill empties a table and loads a share of its rows, the oldest first.
func refill(db *sqlx.DB, table string, percent int) {
	db.MustExec("truncate " + table)
	db.MustExec(fmt.Sprintf("insert into %[1]s select * from keep.%[1]s order by 1 limit %[2]d * (select count(*) from keep.%[1]s) / 100", table, percent))
}

// readTimes reads some times in a row, gives the reason of the last read, or
// "accepted", and fails where an earlier one was accepted and the last was not.
func readTimes(t *testing.T, src *source.Source, times int) string {
	t.Helper()
	last, accepted := "", false
	for range times {
		err := src.Read(t.Context(), source.ReadOptions{AsOf: calendar.Today(testcouncil.Noon())}, func(context.Context, *source.Session) error { return nil })
		var held *unavailable.Error
		switch {
		case err == nil:
			last, accepted = "accepted", true
		case errors.As(err, &held):
			last = string(held.Reason)
		default:
			t.Fatal(err)
		}
	}
	if accepted && last != "accepted" {
		t.Errorf("a read was accepted before the source was held for %s", last)
	}
	return last
}

func yearsOfCouncil(t *testing.T) string {
	t.Helper()
	at := testcouncil.Database(t)
	db := testcouncil.Session(t, at)
	db.MustExec(years)
	_ = db.Close()
	return at
}

func TestRefreshThatStopsHalfWayIsHeld(t *testing.T) {
	council := yearsOfCouncil(t)
	three := []string{"ssd_cp_plans", "ssd_cin_episodes", "ssd_involvements"}
	for _, test := range []struct {
		tables   []string
		percents []int
	}{{three, []int{40, 60, 80}}, {[]string{"ssd_cp_plans"}, []int{0, 80}}, {[]string{"ssd_person"}, []int{60}}} {
		for _, percent := range test.percents {
			tables := test.tables
			t.Run(fmt.Sprintf("%d %% of %v", percent, tables), func(t *testing.T) {
				at := pgtest.Clone(t, council)
				db := testcouncil.Session(t, at)
				running := testcouncil.Source(t, at, testcouncil.Settings{Guards: source.OpenGuard(store.Open(t.TempDir()), "social_care", guard.DefaultPolicy())})
				if got := readTimes(t, running, 2); got != "accepted" {
					t.Fatalf("whole tables are held: %s", got)
				}
				for _, table := range tables {
					refill(db, table, percent)
				}
				if got := readTimes(t, running, 6); got == "accepted" || got == "settling" {
					t.Errorf("the running exporter: %s", got)
				}
				started := testcouncil.Source(t, at, testcouncil.Settings{})
				got := readTimes(t, started, 6)
				// An empty table alone switches off what rests on it.
				if got == "settling" || got == "accepted" && percent != 0 {
					t.Errorf("started in the middle, without a state: %s", got)
				}
				for _, table := range tables {
					refill(db, table, 100)
				}
				for name, src := range map[string]*source.Source{"running": running, "started": started} {
					if got := readTimes(t, src, 2); got != "accepted" {
						t.Errorf("after the refresh, %s: %s", name, got)
					}
				}
			})
		}
	}
}

func TestDeletionsInBatchesAreHeld(t *testing.T) {
	at := yearsOfCouncil(t)
	db := testcouncil.Session(t, at)
	src := testcouncil.Source(t, at, testcouncil.Settings{})
	if got := readTimes(t, src, 2); got != "accepted" {
		t.Fatal(got)
	}
	for range 4 {
		db.MustExec(`delete from ssd_cp_plans where cppl_cp_plan_id in (select cppl_cp_plan_id from ssd_cp_plans order by 1 desc
			limit (select count(*) from keep.ssd_cp_plans) / 5)`)
		if got := readTimes(t, src, 2); got == "accepted" {
			t.Errorf("a batch was accepted")
		}
	}
}

func TestRowsLoadedTwiceAreHeld(t *testing.T) {
	at := yearsOfCouncil(t)
	db := testcouncil.Session(t, at)
	src := testcouncil.Source(t, at, testcouncil.Settings{})
	readTimes(t, src, 2)
	db.MustExec("update keep.ssd_cin_episodes set cine_referral_id = 'X' || cine_referral_id; insert into ssd_cin_episodes table keep.ssd_cin_episodes")
	if got := readTimes(t, src, 6); got != "rows_grew" {
		t.Error(got)
	}
}

func TestViewAndPartitionsSettleByTheTablesBeneath(t *testing.T) {
	council := yearsOfCouncil(t)
	for name, change := range map[string]string{
		"view": `alter table ssd_cp_plans rename to stored; create view over_stored as select * from stored; create view ssd_cp_plans as select * from over_stored`,
		"partitions": `alter table ssd_cp_plans rename to old; create table ssd_cp_plans (like old) partition by hash (cppl_cp_plan_id);
			create table stored partition of ssd_cp_plans for values with (modulus 2, remainder 0);
			create table other partition of ssd_cp_plans for values with (modulus 2, remainder 1); insert into ssd_cp_plans table old`,
	} {
		at := pgtest.Clone(t, council)
		db := testcouncil.Session(t, at)
		db.MustExec(change)
		src := testcouncil.Source(t, at, testcouncil.Settings{})
		if got := readTimes(t, src, 2); got != "accepted" {
			t.Fatalf("%s: %s", name, got)
		}
		// The same rows in another file: only the file shows that a refresh is under way.
		db.MustExec("create temporary table rows as table stored; truncate stored; insert into stored table rows")
		if got := readTimes(t, src, 1); got != "settling" {
			t.Errorf("%s, refilled: %s", name, got)
		}
		if got := readTimes(t, src, 1); got != "accepted" {
			t.Errorf("%s, settled: %s", name, got)
		}
	}
}

func TestSignOfCompletenessIsReadFromTheSource(t *testing.T) {
	at := yearsOfCouncil(t)
	db := testcouncil.Session(t, at)
	db.MustExec("create table jobs (ended timestamptz); insert into jobs values ('2026-03-31 03:00+00')")
	settings := config.Settings{Sources: map[string]config.SourceSettings{"social_care": {Refreshed: "select max(ended) from jobs;"}}}
	src := testcouncil.Source(t, at, testcouncil.Settings{Council: settings})
	if got := readTimes(t, src, 2); got != "accepted" {
		t.Fatal(got)
	}
	refill(db, "ssd_cp_plans", 97)
	if got := readTimes(t, src, 5); got != "settling" {
		t.Errorf("before the sign: %s", got)
	}
	refill(db, "ssd_cp_plans", 50)
	db.MustExec("insert into jobs values ('2026-03-31 04:00+00')")
	if got := readTimes(t, src, 3); got != "accepted" {
		t.Errorf("after the sign: %s", got)
	}
	db.MustExec("drop table jobs")
	if got := readTimes(t, src, 1); got != "refresh" {
		t.Errorf("without a sign: %s", got)
	}
}

func TestNothingIsReadInTheHoursOfTheRefresh(t *testing.T) {
	var hours config.DayHours
	if err := hours.UnmarshalYAML(yamlText("22:30-05:00")); err != nil {
		t.Fatal(err)
	}
	settings := config.Settings{Sources: map[string]config.SourceSettings{"social_care": {RefreshHours: hours}}}
	src := testcouncil.Source(t, testcouncil.Database(t), testcouncil.Settings{Council: settings, Guards: acceptingGuard()})
	// In summer the clock of England is an hour ahead.
	for clock, want := range map[string]string{"21:29": "accepted", "21:31": "refresh", "03:59": "refresh", "04:01": "accepted"} {
		src.Now = func() time.Time {
			at, err := time.Parse("2006-01-02 15:04", "2026-07-01 "+clock)
			if err != nil {
				t.Fatal(err)
			}
			return at
		}
		if got := readTimes(t, src, 1); got != want {
			t.Errorf("at %s: %s, want %s", clock, got, want)
		}
	}
}

func TestDatesThatAreMissingAreNoZero(t *testing.T) {
	council := yearsOfCouncil(t)
	for name, change := range map[string]string{
		"all start dates empty":       "update ssd_cp_plans set cppl_cp_plan_start_date = null",
		"all start dates 9999":        "update ssd_cp_plans set cppl_cp_plan_start_date = '9999-12-31'",
		"end dates as month and year": "alter table ssd_cp_plans alter cppl_cp_plan_end_date type text using to_char(cppl_cp_plan_end_date, 'Mon YYYY')",
	} {
		at := pgtest.Clone(t, council)
		testcouncil.Session(t, at).MustExec(change)
		src := testcouncil.Source(t, at, testcouncil.Settings{})
		results := map[string]string{}
		options := settleOptions()
		err := src.Read(t.Context(), options, func(ctx context.Context, session *source.Session) error {
			for _, plan := range session.Plans {
				kind := plan.Cohort.Windows[len(plan.Cohort.Windows)-1]
				_, err := session.Evaluate(ctx, plan, []calendar.Period{plan.Cohort.Period(src.Calendar, kind, testcouncil.Noon())})
				if missing, ok := errors.AsType[*unavailable.Error](err); ok {
					results[plan.Cohort.Name] = string(missing.Reason)
				} else if err != nil {
					t.Error(err)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if results["child_protection/plans"] != "unfilled" || results["front_door/referrals"] != "" {
			t.Errorf("%s: %v", name, results)
		}
	}
}

func yamlText(text string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Value: text} }
