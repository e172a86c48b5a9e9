package collector_test

import (
	"fmt"
	"maps"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"childrens-services-exporter/exporter/collector"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/internal/testcouncil"
)

// periodValues lists a cohort's readings of a kind as "label back" to value.
func periodValues(readings []definition.PeriodObservation, indicator, kind string) map[string]float64 {
	values := map[string]float64{}
	for _, value := range readings {
		if value.Observation.Indicator.Name == indicator && string(value.Period.Kind) == kind {
			values[fmt.Sprintf("%s %d", value.Period.Label, value.Offset)] = *value.Observation.Value
		}
	}
	return values
}

func TestPeriodsOfTheScorecardTakeInWhatWasRecordedLate(t *testing.T) {
	url := testcouncil.Database(t)
	db := testcouncil.Session(t, url)
	at := &clock{testcouncil.Noon().Add(24 * time.Hour)} // 1 April: 2025-26 Q4 has closed
	current := at.options().Collector(testcouncil.Source(t, url, testcouncil.Settings{Guards: acceptAtOnce()}))
	checkValues := func(want map[string]float64) {
		t.Helper()
		if err := current.Collect(t.Context(), collector.Request{}); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, periodValues(cohort(t, current, "front_door/referrals").Periods.Observations, "childrens_referrals", "quarter")); diff != "" {
			t.Error(diff)
		}
	}
	// All 90 referrals lie between 1 January and 26 March; of the quarters before
	// the first of them nothing is known.
	checkValues(map[string]float64{"2026-27 Q1 0": 0, "2025-26 Q4 1": 90})
	db.MustExec("insert into ssd_cin_episodes (cine_referral_id, cine_person_id, cine_referral_date) values ('late', 'P1', '2025-08-08')")
	at.now = at.now.Add(30 * time.Minute)
	checkValues(map[string]float64{"2026-27 Q1 0": 0, "2025-26 Q4 1": 90}) // not due yet
	at.now = at.now.Add(30 * time.Minute)
	checkValues(map[string]float64{"2026-27 Q1 0": 0, "2025-26 Q4 1": 90, "2025-26 Q3 2": 0, "2025-26 Q2 3": 1})
}

// Every plan began on 2 June 2025, and of the 60 children three leave.
func TestStateOnADayIsTakenAtTheEndOfEachPeriod(t *testing.T) {
	url := testcouncil.Database(t)
	testcouncil.Session(t, url).MustExec(`update ssd_cp_plans set cppl_cp_plan_end_date = '2025-09-30' where cppl_cp_plan_id = 'C1';
		update ssd_cp_plans set cppl_cp_plan_end_date = '2025-10-01' where cppl_cp_plan_id = 'C2';
		update ssd_cp_plans set cppl_cp_plan_end_date = '2026-02-10' where cppl_cp_plan_id = 'C3'`)
	current := testcouncil.DefaultOptions().Collector(testcouncil.Source(t, url, testcouncil.Settings{Guards: acceptAtOnce()}))
	testcouncil.Settle(t, current)
	periods := cohort(t, current, "child_protection/plans").Periods.Observations
	// On 31 March the fourth quarter is still open. A plan that ends on a day is not
	// open at the end of it.
	want := map[string]float64{"2025-26 Q4 0": 57, "2025-26 Q3 1": 58, "2025-26 Q2 2": 59, "2025-26 Q1 3": 60}
	if diff := cmp.Diff(want, periodValues(periods, "childrens_cp_plans_open", "quarter")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(map[string]float64{"2025-26 0": 57}, periodValues(periods, "childrens_cp_plans_open", "fy")); diff != "" {
		t.Error(diff)
	}
	// Of the months only the last is served, and the same one of last year, before there was a plan.
	if diff := cmp.Diff(map[string]float64{"2026-02 1": 57}, periodValues(periods, "childrens_cp_plans_open", "month")); diff != "" {
		t.Error(diff)
	}
	// The newest period is the live value: one text answers for both.
	live := testcouncil.Samples(current.Snapshot())
	if live["childrens_cp_plans_open"] != want["2025-26 Q4 0"] {
		t.Errorf("the open quarter has %g plans, today %g", want["2025-26 Q4 0"], live["childrens_cp_plans_open"])
	}
}

func TestFailedPeriodsLeaveLiveValuesAlone(t *testing.T) {
	url := testcouncil.Database(t)
	at := &clock{testcouncil.Noon()}
	source := testcouncil.Source(t, url, testcouncil.Settings{Guards: acceptAtOnce()})
	current := at.options().Collector(source)
	testcouncil.Settle(t, current)
	before := cohort(t, current, "child_protection/plans").Periods
	db := testcouncil.Session(t, url)
	// Two plans of one child in the past break the grain there and nowhere else.
	db.MustExec("insert into ssd_cp_plans (cppl_cp_plan_id, cppl_person_id, cppl_cp_plan_start_date, cppl_cp_plan_end_date, cppl_cp_plan_ola)" +
		" values ('old', 'P1', '2025-05-01', '2026-03-30', 'N')")
	at.now = at.now.Add(2 * time.Hour)
	if err := current.Collect(t.Context(), collector.Request{}); err != nil {
		t.Fatal(err)
	}
	after := cohort(t, current, "child_protection/plans")
	if after.Problem != "" || !after.Succeeded.Equal(at.now) {
		t.Errorf("the live values failed: %s", after.Problem)
	}
	if after.Periods.Problem == "" || !after.Periods.Succeeded.Equal(before.Succeeded) {
		t.Errorf("the periods: %q, read at %v", after.Periods.Problem, after.Periods.Succeeded)
	}
	if diff := cmp.Diff(periodValues(before.Observations, "childrens_cp_plans_open", "month"), periodValues(after.Periods.Observations, "childrens_cp_plans_open", "month")); diff != "" {
		t.Errorf("the last periods are gone:\n%s", diff)
	}
}

func TestPublicSeriesStaysUntilTheNextPeriodOpensAndOverARestart(t *testing.T) {
	url := testcouncil.Database(t)
	db := testcouncil.Session(t, url)
	options := testcouncil.DefaultOptions()
	options.StateDir = t.TempDir()
	options.Now = func() time.Time { return time.Date(2026, time.April, 17, 12, 0, 0, 0, time.UTC) }
	source := testcouncil.Source(t, url, testcouncil.Settings{Guards: acceptAtOnce()})
	want := map[string]float64{"2025-26 Q4 1": 60, "2025-26 Q3 2": 60, "2025-26 Q2 3": 60, "2025-26 Q1 4": 60}
	for n, current := range []*collector.Collector{options.Collector(source), nil} {
		if current == nil {
			current = options.Collector(source)
		}
		if err := current.Collect(t.Context(), collector.Request{}); err != nil {
			t.Fatal(err)
		}
		series := cohort(t, current, "child_protection/plans").Published.Series
		got := periodValues(series, "childrens_cp_plans_open", "quarter")
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("start %d: %s", n, diff)
		}
		for _, kind := range []string{"month", "fy"} {
			if other := periodValues(series, "childrens_cp_plans_open", kind); len(other) > 0 {
				t.Errorf("the public sees %s beside quarters: %v", kind, maps.Keys(other))
			}
		}
		// Recorded late: managers see it, the public not before the next quarter opens.
		db.MustExec("update ssd_cp_plans set cppl_cp_plan_end_date = '2025-08-01' where cppl_cp_plan_id in ('C1', 'C2', 'C3')")
	}
}
