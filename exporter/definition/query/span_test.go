package query_test

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/config"
)

// spans is a cohort with one row per day of a list, each its own group.
func spans(t *testing.T, amount string, days ...string) fstest.MapFS {
	t.Helper()
	yaml := strings.NewReplacer("team", "mark", "  starts: day the plan started", "  day: a day",
		"count: all", "max: "+amount, "public: count", "public: none").Replace(plansYAML)
	values := make([]string, len(days))
	for i, day := range days {
		values[i] = "('" + day + "', nullif('" + day + "', 'none')::date, 1)"
	}
	return layer("plans.yaml", yaml, "plans.sql", "select kind, ends, mark as person_id, span.* from period cross join (values "+
		strings.Join(values, ", ")+") as span (mark, day, score)")
}

func TestWorkingDaysOfAnExpression(t *testing.T) {
	db := database(t)
	days := []string{"none", "1950-06-01", "1989-12-31", "1990-01-01", "1990-01-02", "2090-01-01"}
	want := map[string]float64{}
	england := england(t)
	count := func(day string, between time.Time) {
		want["childrens_plans_by_mark,"+day] = float64(england.WorkingDaysBetween(between, asOf()))
	}
	count("1950-06-01", calendar.Date(1990, time.January, 1))
	count("1989-12-31", calendar.Date(1990, time.January, 1))
	count("1990-01-01", calendar.Date(1990, time.January, 1))
	count("1990-01-02", calendar.Date(1990, time.January, 2))
	// The count goes on for 400 days, so that a day far off lies 400 days ahead.
	count("2090-01-01", asOf().AddDate(0, 0, 400))
	for _, day := range calendar.Days(calendar.Date(2025, time.December, 20), calendar.Date(2026, time.May, 10)) {
		days = append(days, day.Format(time.DateOnly))
		count(day.Format(time.DateOnly), day)
	}
	want["childrens_plans"] = want["childrens_plans_by_mark,1950-06-01"]
	catalogue := load(t, config.Settings{}, spans(t, "working_days(day, as_of)", days...))
	if diff := cmp.Diff(want, samples(t, db, catalogue, asOf())); diff != "" {
		t.Errorf("-calendar +SQL:\n%s", diff)
	}
}

func TestSpansOfAnExpression(t *testing.T) {
	db := database(t)
	tests := []struct {
		amount, day string
		want        float64
	}{
		{"days(day, as_of)", "2026-04-14", 1},
		{"days(day, as_of)", "2026-04-16", -1},
		{"days(day, as_of)", "2024-02-29", 776},
		{"seconds(day, as_of)", "2026-04-14", 86400},
		{"seconds(day, as_of)", "1901-01-01", 45760 * 86400},
		{"days(day, months_after(day, 1))", "2026-01-31", 28},
		{"days(day, months_after(day, score * 12))", "2024-02-29", 365},
	}
	for _, test := range tests {
		catalogue := load(t, config.Settings{}, spans(t, test.amount, test.day))
		if got := samples(t, db, catalogue, asOf())["childrens_plans"]; got != test.want {
			t.Errorf("%s from %s: %v, want %v", test.amount, test.day, got, test.want)
		}
	}
}
