package calendar_test

import (
	"slices"
	"testing"
	"time"

	"childrens-services-exporter/exporter/calendar"
)

func TestParseKindReadsEveryKind(t *testing.T) {
	for _, kind := range calendar.Kinds() {
		if got, err := calendar.ParseKind(string(kind)); err != nil || got != kind {
			t.Errorf("%s: %q, %v", kind, got, err)
		}
	}
	for _, text := range []string{"", "Quarter", "fortnight", "month "} {
		if got, err := calendar.ParseKind(text); err == nil {
			t.Errorf("%q was read as %s", text, got)
		}
	}
}

// A year of live periods, counted by hand: a running window is new each day;
// 365 days touch 53 weeks, and from 1 April they see 12 months, 4 quarters
// and 1 financial year close.
func TestDistinctOverAFinancialYear(t *testing.T) {
	cal := england(t)
	days := calendar.Days(calendar.Date(2025, time.April, 1), calendar.Date(2026, time.March, 31))
	if len(days) != 365 {
		t.Fatalf("the year has %d days", len(days))
	}
	for _, c := range []struct {
		name  string
		kinds []calendar.Kind
		want  int
	}{
		{
			"windows of social care",
			[]calendar.Kind{
				calendar.Week, calendar.Month, calendar.Quarter, calendar.FinancialYear,
				calendar.FinancialYearToDate, calendar.Rolling12Months,
			},
			53 + 12 + 4 + 1 + 365 + 365,
		},
		{
			"with the day itself for the week",
			[]calendar.Kind{
				calendar.Snapshot, calendar.Month, calendar.Quarter, calendar.FinancialYear,
				calendar.FinancialYearToDate, calendar.Rolling12Months,
			},
			365 + 12 + 4 + 1 + 365 + 365,
		},
		{
			"windows of education",
			[]calendar.Kind{calendar.Term, calendar.AcademicYear, calendar.AcademicYearToDate, calendar.CalendarYear},
			// Autumn, spring from 16 April, summer from 1 September, autumn
			// again from 1 January; two academic and two calendar years.
			4 + 2 + 365 + 2,
		},
	} {
		var all []calendar.Period
		for _, day := range days {
			for _, kind := range c.kinds {
				all = append(all, cal.At(kind, day))
			}
		}
		distinct := calendar.Unique(all)
		if len(all) != 365*len(c.kinds) || len(distinct) != c.want {
			t.Errorf("%s: %d distinct of %d, want %d", c.name, len(distinct), len(all), c.want)
		}
		checkDistinct(t, all, distinct)
	}
}

// checkDistinct holds the shorter list to the first of each key, in order.
func checkDistinct(t *testing.T, all, distinct []calendar.Period) {
	t.Helper()
	var firsts []calendar.Period
	for _, p := range all {
		same := func(earlier calendar.Period) bool {
			return earlier.Kind == p.Kind && earlier.Starts.Equal(p.Starts) && earlier.Ends.Equal(p.Ends)
		}
		if !slices.ContainsFunc(firsts, same) {
			firsts = append(firsts, p)
		}
	}
	if !slices.Equal(firsts, distinct) {
		t.Error("not the first of each key in the order given")
	}
}

func TestKeyHoldsAcrossZones(t *testing.T) {
	ours := england(t).At(calendar.Quarter, calendar.Date(2026, time.April, 1))
	read := ours
	zone := time.FixedZone("", 0)
	read.Starts, read.Ends = read.Starts.In(zone), read.Ends.In(zone)
	if ours.Key() != read.Key() {
		t.Error("a period read back from a database is taken for another")
	}
	if len(calendar.Unique([]calendar.Period{ours, read})) != 1 {
		t.Error("the same quarter is computed twice")
	}
}

func TestEqualDatesOfTwoKindsAreTwoPeriods(t *testing.T) {
	cal := england(t)
	day := calendar.Date(2026, time.March, 31)
	toDate, rolling := cal.At(calendar.FinancialYearToDate, day), cal.At(calendar.Rolling12Months, day)
	if toDate.Starts != rolling.Starts || toDate.Ends != rolling.Ends || toDate.Key() == rolling.Key() {
		t.Errorf("%+v and %+v: want equal dates and unequal keys", toDate, rolling)
	}
}

func TestDistinctOfNothing(t *testing.T) {
	if got := calendar.Unique(nil); len(got) != 0 {
		t.Errorf("got %v", got)
	}
}
