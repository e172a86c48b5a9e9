package collector_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"childrens-services-exporter/exporter/collector"
	"childrens-services-exporter/internal/testcouncil"
)

// publishedValue finds a value of the period that is open to the public.
func publishedValue(t *testing.T, current *collector.Collector, indicator, window string) float64 {
	t.Helper()
	for _, value := range current.Snapshot().Cohorts {
		for _, reading := range value.Published.Observations {
			if reading.Indicator.Name == indicator && reading.By == "" && string(reading.Period.Kind) == window {
				return *reading.Value
			}
		}
	}
	t.Fatalf("%s is not reported for %s", indicator, window)
	return 0
}

func TestPublicValuesStayUntilTheNextPeriodOpens(t *testing.T) {
	url := testcouncil.Database(t)
	db := testcouncil.Session(t, url)
	referral := func(id, day string) {
		db.MustExec("insert into ssd_cin_episodes (cine_referral_id, cine_person_id, cine_referral_date) values ($1, 'P1', $2)", id, day)
	}
	referral("autumn 1", "2025-10-01")
	referral("autumn 2", "2025-12-31")
	// Ten working days after 31 March 2026 is Thursday 16 April, Good Friday and
	// Easter Monday left out.
	at := &clock{time.Date(2026, time.April, 15, 23, 30, 0, 0, time.FixedZone("BST", 3600))}
	current := at.options().Collector(testcouncil.Source(t, url, testcouncil.Settings{Guards: acceptAtOnce()}))
	checkPage := func(quarter string, plans, referrals float64) {
		t.Helper()
		if err := current.Collect(t.Context(), collector.Request{}); err != nil {
			t.Fatal(err)
		}
		if got := cohort(t, current, "front_door/referrals").Published.Period; got != quarter {
			t.Errorf("at %v the period %s is open, want %s", at.now, got, quarter)
		}
		if got := publishedValue(t, current, "childrens_cp_plans_open", "snapshot"); got != plans {
			t.Errorf("%s: %g plans, want %g", quarter, got, plans)
		}
		if got := publishedValue(t, current, "childrens_referrals", "quarter"); got != referrals {
			t.Errorf("%s: %g referrals, want %g", quarter, got, referrals)
		}
	}
	checkPage("2025-26 Q3", 60, 2)
	// Recorded late and ended late: the public sees neither before the next period.
	referral("autumn 3", "2025-11-11")
	db.MustExec("update ssd_cp_plans set cppl_cp_plan_end_date = '2025-12-01' where cppl_cp_plan_id in ('C1', 'C2', 'C3')")
	at.now = at.now.Add(29 * time.Minute)
	checkPage("2025-26 Q3", 60, 2)
	// Half past midnight in England, still the 15th in UTC.
	at.now = at.now.Add(31 * time.Minute)
	checkPage("2025-26 Q4", 57, 90)
	referral("spring", "2026-02-02")
	at.now = time.Date(2026, time.July, 13, 12, 0, 0, 0, time.UTC)
	checkPage("2025-26 Q4", 57, 90)
}

func TestNothingRunningIsReported(t *testing.T) {
	current := testcouncil.DefaultOptions().Collector(testcouncil.Source(t, testcouncil.Database(t), testcouncil.Settings{Guards: acceptAtOnce()}))
	testcouncil.Settle(t, current)
	for _, value := range current.Snapshot().Cohorts {
		for _, reading := range value.Published.Observations {
			if kind := string(reading.Period.Kind); kind == "fytd" || kind == "rolling_12m" && !reading.Period.Ends.Before(testcouncil.Noon()) {
				t.Errorf("%s is reported for %s, from one reading of which the next could be taken", reading.Indicator.Name, kind)
			}
		}
	}
}

func TestPublicValuesStayAcrossARestart(t *testing.T) {
	url := testcouncil.Database(t)
	options := testcouncil.DefaultOptions()
	options.StateDir = t.TempDir()
	source := testcouncil.Source(t, url, testcouncil.Settings{Guards: acceptAtOnce()})
	if err := options.Collector(source).Collect(t.Context(), collector.Request{}); err != nil {
		t.Fatal(err)
	}
	testcouncil.Session(t, url).MustExec("update ssd_cp_plans set cppl_cp_plan_end_date = '2025-12-01' where cppl_cp_plan_id in ('C1', 'C2', 'C3')")
	restarted := options.Collector(source)
	if got := publishedValue(t, restarted, "childrens_cp_plans_open", "snapshot"); got != 60 {
		t.Errorf("before its first collection: %g plans", got)
	}
	if err := restarted.Collect(t.Context(), collector.Request{}); err != nil {
		t.Fatal(err)
	}
	if got := publishedValue(t, restarted, "childrens_cp_plans_open", "snapshot"); got != 60 {
		t.Errorf("after its first collection: %g plans", got)
	}
	if got := testcouncil.Samples(restarted.Snapshot())["childrens_cp_plans_open"]; got != 57 {
		t.Errorf("the managers see %g plans", got)
	}
}

func TestPublicValuesOfAnotherDefinitionAreWorkedOutAnew(t *testing.T) {
	url := testcouncil.Database(t)
	options := testcouncil.DefaultOptions()
	options.StateDir = t.TempDir()
	if err := options.Collector(testcouncil.Source(t, url, testcouncil.Settings{Guards: acceptAtOnce()})).Collect(t.Context(), collector.Request{}); err != nil {
		t.Fatal(err)
	}
	next := bytes.ReplaceAll(definitionText(t, "child_protection/plans.yaml"), []byte("version: 1"), []byte("version: 2\n    changes: [{version: 2, date: 2026-03-01, what: Another count.}]"))
	layer := fstest.MapFS{
		"child_protection/plans.yaml": {Data: next},
		"child_protection/plans.sql":  {Data: definitionText(t, "child_protection/plans.sql")},
	}
	upgraded := options.Collector(testcouncil.Source(t, url, testcouncil.Settings{Guards: acceptAtOnce(), Layers: []fs.FS{layer}}))
	if got := cohort(t, upgraded, "child_protection/plans").Published.Period; got != "" {
		t.Errorf("the old definition's %s is kept", got)
	}
	if got := cohort(t, upgraded, "front_door/referrals").Published.Period; got != "2025-26 Q3" {
		t.Errorf("the other cohort's period is %q", got)
	}
}

func TestDamagedPublicFileStopsNothing(t *testing.T) {
	options := testcouncil.DefaultOptions()
	options.StateDir = t.TempDir()
	if err := os.WriteFile(filepath.Join(options.StateDir, "public-social_care.json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	current := options.Collector(testcouncil.Source(t, testcouncil.Database(t), testcouncil.Settings{Guards: acceptAtOnce()}))
	if err := current.Collect(t.Context(), collector.Request{}); err != nil {
		t.Fatal(err)
	}
	if got := publishedValue(t, current, "childrens_cp_plans_open", "snapshot"); got != 60 {
		t.Errorf("%g plans", got)
	}
}
