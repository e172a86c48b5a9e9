package collector_test

import (
	"io/fs"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"childrens-services-exporter/exporter/collector"
	"childrens-services-exporter/exporter/evaluate"
	"childrens-services-exporter/exporter/guard"
	"childrens-services-exporter/exporter/source"
	"childrens-services-exporter/internal/testcouncil"
)

// acceptAtOnce is the policy of a guard that accepts every table at its first read.
func acceptAtOnce() *source.Guard {
	return source.NewGuard(guard.Policy{MinStableReads: 1, MinPersistentReads: 1})
}

// clock is a clock that a test moves.
type clock struct{ now time.Time }

func (c *clock) read() time.Time { return c.now }

func (c *clock) options() testcouncil.Options {
	options := testcouncil.DefaultOptions()
	options.Now = c.read
	return options
}

func cohort(t *testing.T, c *collector.Collector, name string) evaluate.CohortSnapshot {
	t.Helper()
	for _, value := range c.Snapshot().Cohorts {
		if value.Cohort.Name == name {
			return value
		}
	}
	t.Fatalf("no cohort %s", name)
	return evaluate.CohortSnapshot{}
}

func TestBadCohortKeepsItsLastValuesWhileOthersGoOn(t *testing.T) {
	url := testcouncil.Database(t)
	db := testcouncil.Session(t, url)
	db.MustExec("create table divisor (n integer)")
	db.MustExec("insert into divisor values (1)")
	bad := fstest.MapFS{
		"front_door/referrals.sql": {Data: []byte(`-- A row is a referral of one child, by the day it was received.
select period.kind, period.ends, referral.referral_id, referral.received, referral.need, 1 / divisor.n as broken
from period
cross join divisor
join referral on referral.received between period.starts and period.ends`)},
		"front_door/referrals.yaml": {Data: definitionText(t, "front_door/referrals.yaml")},
	}
	at := &clock{testcouncil.Noon()}
	source := testcouncil.Source(t, url, testcouncil.Settings{Layers: []fs.FS{bad}, Guards: acceptAtOnce()})
	current := at.options().Collector(source)
	testcouncil.Settle(t, current)
	db.MustExec("update divisor set n = 0; update ssd_cp_plans set cppl_cp_plan_end_date = '2026-03-30' where cppl_cp_plan_id = 'C7'")
	at.now = at.now.Add(5 * time.Minute)
	if err := current.Collect(t.Context(), collector.Request{}); err != nil {
		t.Fatal(err)
	}
	referrals, plans := cohort(t, current, "front_door/referrals"), cohort(t, current, "child_protection/plans")
	if referrals.Reason != "failed" || referrals.Problem != "PostgreSQL error 22012 (division_by_zero)" || !referrals.Succeeded.Equal(testcouncil.Noon()) {
		t.Errorf("referrals: %s, %q, read at %v", referrals.Reason, referrals.Problem, referrals.Succeeded)
	}
	if plans.Problem != "" || !plans.Succeeded.Equal(at.now) {
		t.Errorf("plans: %q, read at %v", plans.Problem, plans.Succeeded)
	}
	got := testcouncil.Samples(current.Snapshot())
	if got["childrens_referrals fytd"] != 90 || got["childrens_cp_plans_open"] != 59 {
		t.Errorf("%g referrals, %g plans", got["childrens_referrals fytd"], got["childrens_cp_plans_open"])
	}
	if state := current.Snapshot(); !state.Up || !state.Succeeded.Equal(at.now) {
		t.Errorf("the source: up %t, read at %v", state.Up, state.Succeeded)
	}
	db.MustExec("update divisor set n = 1")
	if err := current.Collect(t.Context(), collector.Request{}); err != nil || cohort(t, current, "front_door/referrals").Problem != "" {
		t.Errorf("once repaired: %v, %q", err, cohort(t, current, "front_door/referrals").Problem)
	}
}

func definitionText(t *testing.T, name string) []byte {
	t.Helper()
	text, err := fs.ReadFile(testcouncil.Definitions(), name)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestCohortWithTooManySeriesKeepsItsLastValues(t *testing.T) {
	url := testcouncil.Database(t)
	options := testcouncil.DefaultOptions()
	options.MaxSeries = len(expectedSamples()) - 4 // as many as the plans have
	current := options.Collector(testcouncil.Source(t, url, testcouncil.Settings{Guards: acceptAtOnce()}))
	testcouncil.Settle(t, current)
	if diff := cmp.Diff(expectedSamples(), testcouncil.Samples(current.Snapshot())); diff != "" {
		t.Fatal(diff)
	}
	testcouncil.Session(t, url).MustExec("update ssd_involvements set invo_professional_team = 'T3' where invo_person_id = 'P1'")
	if err := current.Collect(t.Context(), collector.Request{}); err != nil {
		t.Fatal(err)
	}
	if value := cohort(t, current, "child_protection/plans"); value.Reason != "too_many_series" || value.Rows != 60 {
		t.Errorf("%s with %d rows: %s", value.Reason, value.Rows, value.Problem)
	}
	if diff := cmp.Diff(expectedSamples(), testcouncil.Samples(current.Snapshot())); diff != "" {
		t.Errorf("the last values are gone:\n%s", diff)
	}
}

func TestRowThatRepeatsTheGrainStopsItsCohort(t *testing.T) {
	url := testcouncil.Database(t)
	testcouncil.Session(t, url).MustExec("insert into ssd_cp_plans select * from ssd_cp_plans where cppl_cp_plan_id = 'C1'")
	current := testcouncil.DefaultOptions().Collector(testcouncil.Source(t, url, testcouncil.Settings{Guards: acceptAtOnce()}))
	testcouncil.Settle(t, current)
	value := cohort(t, current, "child_protection/plans")
	if value.Reason != "failed" || len(value.Live) > 0 {
		t.Errorf("%s: %s", value.Reason, value.Problem)
	}
}

// A snapshot holds one moment: the children seen and the children on a plan are
// always the same children, however often the two change together.
func TestEverySnapshotIsOfOneMoment(t *testing.T) {
	url := testcouncil.Database(t)
	options := testcouncil.DefaultOptions()
	snapshots := 0
	options.Published = func(snapshot *evaluate.Snapshot) {
		snapshots++
		got := testcouncil.Samples(snapshot)
		if got["childrens_cp_plans_open"] != got["childrens_cp_visits_on_time_denominator"] ||
			got["childrens_cp_plans_open"] != got["childrens_cp_plans_open_by_team North"]+got["childrens_cp_plans_open_by_team South"] {
			t.Errorf("a mixture of two moments: %v", got)
		}
	}
	current := options.Collector(testcouncil.Source(t, url, testcouncil.Settings{Guards: acceptAtOnce()}))
	testcouncil.Settle(t, current)
	db := testcouncil.Session(t, url)
	for n := range 12 {
		db.MustExec("update ssd_cp_plans set cppl_cp_plan_end_date = '2026-03-30' where cppl_cp_plan_id = $1", "C"+string(rune('1'+n%9)))
		before := current.Snapshot()
		values := testcouncil.Samples(before)
		if err := current.Collect(t.Context(), collector.Request{}); err != nil {
			t.Error(err)
		}
		if current.Snapshot() == before {
			t.Error("no snapshot was published")
		}
		if diff := cmp.Diff(values, testcouncil.Samples(before)); diff != "" {
			t.Errorf("a published snapshot was changed:\n%s", diff)
		}
	}
	if snapshots != 13 {
		t.Errorf("%d snapshots of 13 collections", snapshots)
	}
}
