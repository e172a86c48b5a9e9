package evaluate_test

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/evaluate"
	"childrens-services-exporter/exporter/publication"
	"childrens-services-exporter/exporter/revision"
	"childrens-services-exporter/exporter/store"
	"childrens-services-exporter/internal/testcouncil"
)

// published finds a published value of a snapshot.
func published(t *testing.T, snapshot *evaluate.Snapshot, cohort, indicator, quarter string) float64 {
	t.Helper()
	for _, value := range snapshot.Cohort(cohort).Published.Series {
		if value.Observation.Indicator.Name == indicator && value.Period.Label == quarter && value.Offset > 0 {
			return *value.Observation.Value
		}
	}
	t.Fatalf("%s of %s is not published", indicator, quarter)
	return 0
}

func TestStateOfTheReleaseBeforeIsReadAndMigrated(t *testing.T) {
	src, db := council(t, "create table target (indicator text, valid_from date, target double precision)",
		"delete from ssd_cp_plans where substr(cppl_cp_plan_id, 2)::integer > 40")
	options := optionsOn(april().AddDate(0, 0, 1))
	options.StateDir = testcouncil.OldState(t)
	var log bytes.Buffer
	options.Log = slog.New(slog.NewTextHandler(&log, nil))
	evaluator := options.Evaluator(src)
	initial := evaluator.Initial()

	t.Run("targets", func(t *testing.T) {
		indicator, err := src.Catalogue.Indicator("childrens_cp_visits_on_time_ratio")
		if err != nil {
			t.Fatal(err)
		}
		target, exists := initial.Targets.On(indicator, april())
		if !exists || target.Value != 0.9 || target.Tolerance != 0.1 || target.Owner != "Head of safeguarding" {
			t.Errorf("%+v", target)
		}
	})
	t.Run("published values", func(t *testing.T) {
		if got := initial.Cohort("child_protection/plans").Published; got.Period != "2025-26 Q4" || len(got.Observations) != 2 {
			t.Errorf("%s with %d observations", got.Period, len(got.Observations))
		}
		if got := published(t, initial, "child_protection/plans", "childrens_cp_plans_open", "2025-26 Q4"); got != 60 {
			t.Errorf("%g plans", got)
		}
	})
	t.Run("first reported values", func(t *testing.T) {
		if want := time.Date(2026, time.April, 1, 12, 0, 0, 0, time.UTC); !initial.FirstReportedSince.Equal(want) {
			t.Errorf("recorded since %v", initial.FirstReportedSince)
		}
		record := revision.Open(store.Open(options.StateDir), "social_care", options.Now())
		for window, by := range map[string]string{"quarter 2025-26 Q4": revision.ByDelay, "month 2026-01": revision.ByReport, "meeting 2026-04-16": revision.ByMeeting} {
			kind, period, _ := strings.Cut(window, " ")
			first, exists := record.Find("childrens_cp_visits_on_time_ratio", 1, kind, period)
			if !exists || first.By != by {
				t.Errorf("%s: %+v", window, first)
			}
		}
	})
	t.Run("published report", func(t *testing.T) {
		if err := os.Remove(filepath.Join(options.StateDir, "public-social_care.json")); err != nil {
			t.Fatal(err)
		}
		report := publication.Report{Source: "social_care", Period: "2025-26 Q4", Cohorts: src.Catalogue.Cohorts}
		replayed, err := publication.Replay(store.Open(options.StateDir), report, nil)
		if err != nil {
			t.Fatal(err)
		}
		plans := 0.0
		for _, value := range replayed {
			if value.Observation.Indicator.Name == "childrens_cp_plans_open" && value.Period.Label == "2025-26 Q4" {
				plans = *value.Observation.Value
			}
		}
		if plans != 60 {
			t.Errorf("%g plans", plans)
		}
	})
	t.Run("written in the new format", func(t *testing.T) {
		db.MustExec("insert into target values ('childrens_cp_visits_on_time_ratio', '2025-04-01', 0.8)")
		request := live(april().AddDate(0, 0, 1))
		request.Previous = initial
		snapshot := evaluated(t, evaluator, request)
		if got := published(t, snapshot, "child_protection/plans", "childrens_cp_plans_open", "2025-26 Q4"); got != 60 {
			t.Errorf("the public sees %g plans in the middle of a period", got)
		}
		// The next quarter opens, and its first reported values are due.
		next := calendar.Date(2026, time.July, 20)
		db.MustExec("insert into ssd_cin_episodes (cine_referral_id, cine_person_id, cine_referral_date) values ('july', 'P1', '2026-07-10')")
		options.Now = func() time.Time { return next.Add(12 * time.Hour) }
		request = live(next)
		request.Previous = snapshot
		evaluated(t, options.Evaluator(src), request)
		for _, name := range []string{"targets-social_care", "published-social_care", "published-report-social_care-2025-26-Q4", "first-reported-social_care"} {
			text, err := os.ReadFile(filepath.Join(options.StateDir, name+".jsonl"))
			if err != nil || !strings.HasPrefix(string(text), `{"format":2`) {
				t.Errorf("%s: %v, %.60s", name, err, text)
			}
			info, err := os.Stat(filepath.Join(options.StateDir, name+".jsonl"))
			if err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("%s may be read by others: %v, %v", name, info, err)
			}
		}
		for _, name := range []string{"targets-social_care", "paper-social_care-2025-26-Q4"} {
			if _, err := os.Stat(filepath.Join(options.StateDir, name+".json.migrated")); err != nil {
				t.Error(err)
			}
		}
	})
	if strings.Contains(log.String(), "level=WARN") {
		t.Errorf("the log warns:\n%s", log.String())
	}
}

func TestDamagedPublishedFileIsSetAside(t *testing.T) {
	src, _ := council(t)
	options := optionsOn(april())
	options.StateDir = t.TempDir()
	file := filepath.Join(options.StateDir, "public-social_care.json")
	if err := os.WriteFile(file, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	options.Log = slog.New(slog.NewTextHandler(&log, nil))
	evaluated(t, options.Evaluator(src), live(april()))
	if aside, err := os.ReadFile(file + ".damaged"); err != nil || string(aside) != "{" {
		t.Errorf("the damaged file is not set aside: %v", err)
	}
	if !strings.Contains(log.String(), file) {
		t.Errorf("the log does not name the file:\n%s", log.String())
	}
}
