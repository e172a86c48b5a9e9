package period_test

import (
	"testing"

	"childrens-services-exporter/exporter/period"
)

func TestAtClose(t *testing.T) {
	calendar := calendarOf(t, period.Options{})
	for _, c := range []struct {
		kind, closes       period.Kind
		asOf, starts, ends string
	}{
		// 15 March 2026 is a Sunday.
		{period.AcademicYearToDate, period.Week, "2026-03-14", "2025-09-01", "2026-03-08"},
		{period.AcademicYearToDate, period.Week, "2026-03-15", "2025-09-01", "2026-03-15"},
		{period.AcademicYearToDate, period.Week, "2026-03-16", "2025-09-01", "2026-03-15"},
		{period.AcademicYearToDate, period.Week, "2026-03-21", "2025-09-01", "2026-03-15"},
		// A year that no week of has closed yet is still the one before.
		{period.AcademicYearToDate, period.Week, "2026-09-05", "2025-09-01", "2026-08-30"},
		{period.AcademicYearToDate, period.Week, "2026-09-06", "2026-09-01", "2026-09-06"},
		{period.FinancialYearToDate, period.Month, "2026-04-29", "2025-04-01", "2026-03-31"},
		{period.FinancialYearToDate, period.Month, "2026-04-30", "2026-04-01", "2026-04-30"},
		{period.Rolling12Months, period.Month, "2026-03-01", "2025-03-01", "2026-02-28"},
		{period.Snapshot, period.Month, "2026-03-30", "2026-02-28", "2026-02-28"},
		{period.Snapshot, period.Month, "2026-03-31", "2026-03-31", "2026-03-31"},
		// What closed before the day is what it was.
		{period.Term, period.Week, "2026-03-18", "2025-09-01", "2025-12-31"},
		{period.AcademicYear, period.Week, "2026-09-01", "2025-09-01", "2026-08-31"},
		{period.Month, period.Week, "2026-03-18", "2026-02-01", "2026-02-28"},
	} {
		got := calendar.AtClose(c.kind, on(t, c.asOf), c.closes)
		if written(got.Starts) != c.starts || written(got.Ends) != c.ends || written(got.AsOf) != c.asOf {
			t.Errorf("%s by the %s as of %s: %s to %s, seen on %s", c.kind, c.closes, c.asOf, written(got.Starts), written(got.Ends), written(got.AsOf))
		}
	}
}

// A year of days is one period a week, which is what makes a year of history of weekly data cheap.
func TestAtCloseRepeatsItself(t *testing.T) {
	calendar := calendarOf(t, period.Options{})
	var periods []period.Period
	for _, day := range period.Days(on(t, "2025-09-07"), on(t, "2026-08-30")) {
		periods = append(periods, calendar.AtClose(period.AcademicYearToDate, day, period.Week))
	}
	if got := len(period.Distinct(periods)); got != 52 {
		t.Errorf("%d days are %d periods, want 52 weeks", len(periods), got)
	}
}

func TestAtCloseRefusesDataThatNeverClose(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("rolling_12m closes nothing")
		}
	}()
	calendarOf(t, period.Options{}).AtClose(period.Snapshot, on(t, "2026-03-15"), period.Rolling12Months)
}
