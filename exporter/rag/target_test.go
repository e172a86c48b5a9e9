package rag_test

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/rag"
)

// settingsFrom reads settings of which the tests know the file's name.
func settingsFrom(t *testing.T, text string) config.Settings {
	t.Helper()
	file := filepath.Join(t.TempDir(), "settings.yaml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	settings, err := config.ReadSettings(file)
	if err != nil {
		t.Fatal(err)
	}
	return settings
}

func embedded(t *testing.T) *definition.Catalogue {
	t.Helper()
	loaded, err := definition.Load(config.Settings{}, definition.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	return loaded
}

func TestTargetOnADay(t *testing.T) {
	definitions := embedded(t)
	targets, issues := rag.ReadTargets(settingsFrom(t, `targets:
  childrens_cp_visits_on_time_ratio:
    - {from: 2026-10-01, target: 0.98, owner: Head of safeguarding}
    - {from: 2026-04-01, target: 0.9, tolerance: 0.02}
  childrens_cp_plans_open_long_ratio:
    - trajectory: {start: 0.08, end: 0.05, starts: 2026-06-01, ends: 2026-07-01}
  childrens_cla_open:
    - {from: 2026-04-01, target: 500, tolerance: 20, better: lower}
  childrens_referrals_repeat_ratio:
    - {none: under review}
`), definitions)
	if len(issues) > 0 {
		t.Fatal(issues)
	}
	for _, test := range []struct {
		indicator        string
		year, month, day int
		value, tolerance float64
		known            bool
	}{
		{"childrens_cp_visits_on_time_ratio", 2026, 3, 31, 0.95, 0.05, true}, // the catalogue's
		{"childrens_cp_visits_on_time_ratio", 2026, 4, 1, 0.9, 0.02, true},
		{"childrens_cp_visits_on_time_ratio", 2026, 10, 1, 0.98, 0.05, true},
		{"childrens_cp_plans_open_long_ratio", 2026, 5, 31, 0.03, 0.02, true}, // not promised yet
		{"childrens_cp_plans_open_long_ratio", 2026, 6, 1, 0.08, 0.02, true},
		{"childrens_cp_plans_open_long_ratio", 2026, 6, 11, 0.07, 0.02, true}, // ten days of thirty
		{"childrens_cp_plans_open_long_ratio", 2026, 7, 1, 0.05, 0.02, true},
		{"childrens_cp_plans_open_long_ratio", 2027, 1, 1, 0.05, 0.02, true},
		{"childrens_cla_open", 2026, 3, 31, 0, 0, false},
		{"childrens_cla_open", 2026, 4, 1, 500, 20, true},
		{"childrens_referrals_repeat_ratio", 2026, 4, 1, 0, 0, false},
	} {
		indicator, err := definitions.Indicator(test.indicator)
		if err != nil {
			t.Fatal(err)
		}
		got, hasTarget := targets.On(indicator, calendar.Date(test.year, time.Month(test.month), test.day))
		if hasTarget != test.known || hasTarget && (math.Abs(got.Value-test.value) > 1e-12 || got.Tolerance != test.tolerance) {
			t.Errorf("%s on %d-%d-%d: %g ± %g, %t", test.indicator, test.year, test.month, test.day, got.Value, got.Tolerance, hasTarget)
		}
	}
}

func TestInvalidTargetIsReportedAsAnIssue(t *testing.T) {
	definitions := embedded(t)
	for _, test := range []struct{ entry, want string }{
		{"  childrens_cp_visits:\n    - {target: 1}", `settings.yaml:2: targets: no indicator "childrens_cp_visits"; the command catalogue lists them; the entry is left out`},
		{"  childrens_cp_visits_on_time_ratio: 1", "settings.yaml:2: targets of childrens_cp_visits_on_time_ratio: give a list, each entry with its own from; the entry is left out"},
		{"  childrens_cp_visits_on_time_ratio:\n    - trajectory: {start: 0.7, end: 0.9, starts: 2026-06-01, ends: 2026-05-01}",
			"settings.yaml:3: targets of childrens_cp_visits_on_time_ratio: the trajectory ends on 2026-05-01, before it starts on 2026-06-01; the entry is left out"},
		{"  childrens_cp_visits_on_time_ratio:\n    - {from: yesterday, target: 1}", "settings.yaml:3: targets of childrens_cp_visits_on_time_ratio: from is not a day such as 2026-04-01; the entry is left out"},
		{"  childrens_cp_visits_on_time_ratio:\n    - {target: .nan}", "settings.yaml:3: targets of childrens_cp_visits_on_time_ratio: target must be a number; the entry is left out"},
		{"  childrens_cp_visits_on_time_ratio:\n    - {target: many}", "settings.yaml:3: targets of childrens_cp_visits_on_time_ratio: a value has the wrong form; dates are such as 2026-04-01 and targets numbers; the entry is left out"},
		{"  childrens_cp_visits_on_time_ratio:\n    - {target: 1, tolerance: -1}", "settings.yaml:3: targets of childrens_cp_visits_on_time_ratio: tolerance must be 0 or more; the entry is left out"},
		{"  childrens_cp_visits_on_time_ratio:\n    - {aim: 1}", "settings.yaml:3: targets of childrens_cp_visits_on_time_ratio: unknown key aim; the entry is left out"},
		{"  childrens_cp_visits_on_time_ratio:\n    - {target: 1, none: because}", "settings.yaml:3: targets of childrens_cp_visits_on_time_ratio: give one of target, trajectory, or none with the reason; the entry is left out"},
		{"  childrens_cla_open:\n    - {target: 500, tolerance: 5}", "settings.yaml:3: targets of childrens_cla_open: better must be higher or lower; the catalogue says neither for this indicator; the entry is left out"},
		{"  childrens_cla_open:\n    - {target: 500, better: lower}", "settings.yaml:3: targets of childrens_cla_open: a tolerance is needed; the catalogue has none for this indicator; the entry is left out"},
	} {
		// What follows the slip still holds.
		settings := settingsFrom(t, "targets:\n"+test.entry+"\n  childrens_caseload_max:\n    - {target: 19}\n")
		targets, issues := rag.ReadTargets(settings, definitions)
		if len(issues) != 1 || !strings.HasSuffix(issues[0].Message, test.want) || issues[0].Input != "targets" {
			t.Errorf("%s:\n got %v\nwant %s", test.entry, issues, test.want)
		}
		limit, err := definitions.Indicator("childrens_caseload_max")
		if err != nil {
			t.Fatal(err)
		}
		if got, hasTarget := targets.On(limit, calendar.Date(2026, 4, 1)); !hasTarget || got.Value != 19 {
			t.Errorf("after %s the next target is lost: %v", test.entry, got)
		}
	}
}
