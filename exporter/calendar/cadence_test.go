package calendar_test

import (
	"testing"

	"childrens-services-exporter/exporter/calendar"
)

func TestAtCadence(t *testing.T) {
	cal := calendarOf(t, calendar.Options{})
	for _, c := range []struct {
		kind, closes       calendar.Kind
		asOf, starts, ends string
	}{
		// 15 March 2026 is a Sunday.
		{calendar.AcademicYearToDate, calendar.Week, "2026-03-14", "2025-09-01", "2026-03-08"},
		{calendar.AcademicYearToDate, calendar.Week, "2026-03-15", "2025-09-01", "2026-03-15"},
		{calendar.AcademicYearToDate, calendar.Week, "2026-03-16", "2025-09-01", "2026-03-15"},
		{calendar.AcademicYearToDate, calendar.Week, "2026-03-21", "2025-09-01", "2026-03-15"},
		// A year that no week of has closed yet is still the one before.
		{calendar.AcademicYearToDate, calendar.Week, "2026-09-05", "2025-09-01", "2026-08-30"},
		{calendar.AcademicYearToDate, calendar.Week, "2026-09-06", "2026-09-01", "2026-09-06"},
		{calendar.FinancialYearToDate, calendar.Month, "2026-04-29", "2025-04-01", "2026-03-31"},
		{calendar.FinancialYearToDate, calendar.Month, "2026-04-30", "2026-04-01", "2026-04-30"},
		{calendar.Rolling12Months, calendar.Month, "2026-03-01", "2025-03-01", "2026-02-28"},
		{calendar.Snapshot, calendar.Month, "2026-03-30", "2026-02-28", "2026-02-28"},
		{calendar.Snapshot, calendar.Month, "2026-03-31", "2026-03-31", "2026-03-31"},
		// What closed before the day is what it was.
		{calendar.Term, calendar.Week, "2026-03-18", "2025-09-01", "2025-12-31"},
		{calendar.AcademicYear, calendar.Week, "2026-09-01", "2025-09-01", "2026-08-31"},
		{calendar.Month, calendar.Week, "2026-03-18", "2026-02-01", "2026-02-28"},
	} {
		got := cal.AtCadence(c.kind, date(t, c.asOf), c.closes)
		if formatDate(got.Starts) != c.starts || formatDate(got.Ends) != c.ends || formatDate(got.AsOf) != c.asOf {
			t.Errorf("%s by the %s as of %s: %s to %s, seen on %s", c.kind, c.closes, c.asOf, formatDate(got.Starts), formatDate(got.Ends), formatDate(got.AsOf))
		}
	}
}

// A year of days is one period a week, which is what makes a year of history of weekly data cheap.
func TestWeeklyCadenceGivesOnePeriodAWeek(t *testing.T) {
	cal := calendarOf(t, calendar.Options{})
	var periods []calendar.Period
	for _, day := range calendar.Days(date(t, "2025-09-07"), date(t, "2026-08-30")) {
		periods = append(periods, cal.AtCadence(calendar.AcademicYearToDate, day, calendar.Week))
	}
	if got := len(calendar.Unique(periods)); got != 52 {
		t.Errorf("%d days are %d periods, want 52 weeks", len(periods), got)
	}
}

func TestAtCadencePanicsOnARunningKind(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("rolling_12m closes nothing")
		}
	}()
	calendarOf(t, calendar.Options{}).AtCadence(calendar.Snapshot, date(t, "2026-03-15"), calendar.Rolling12Months)
}
