package period_test

import (
	"slices"
	"testing"
	"time"

	"childrens-services-exporter/exporter/period"
)

func TestParseKindReadsEveryKind(t *testing.T) {
	for _, kind := range period.Kinds() {
		if got, err := period.ParseKind(string(kind)); err != nil || got != kind {
			t.Errorf("%s: %q, %v", kind, got, err)
		}
	}
	for _, text := range []string{"", "Quarter", "fortnight", "month "} {
		if got, err := period.ParseKind(text); err == nil {
			t.Errorf("%q was read as %s", text, got)
		}
	}
}

// A year of live periods, counted by hand: a running window is new each day;
// 365 days touch 53 weeks, and from 1 April they see 12 months, 4 quarters
// and 1 financial year close.
func TestDistinctOverAFinancialYear(t *testing.T) {
	calendar := england(t)
	days := period.Days(period.Date(2025, time.April, 1), period.Date(2026, time.March, 31))
	if len(days) != 365 {
		t.Fatalf("the year has %d days", len(days))
	}
	for _, c := range []struct {
		name  string
		kinds []period.Kind
		want  int
	}{
		{
			"windows of social care",
			[]period.Kind{
				period.Week, period.Month, period.Quarter, period.FinancialYear,
				period.FinancialYearToDate, period.Rolling12Months,
			},
			53 + 12 + 4 + 1 + 365 + 365,
		},
		{
			"with the day itself for the week",
			[]period.Kind{
				period.Snapshot, period.Month, period.Quarter, period.FinancialYear,
				period.FinancialYearToDate, period.Rolling12Months,
			},
			365 + 12 + 4 + 1 + 365 + 365,
		},
		{
			"windows of education",
			[]period.Kind{period.Term, period.AcademicYear, period.AcademicYearToDate, period.CalendarYear},
			// Autumn, spring from 16 April, summer from 1 September, autumn
			// again from 1 January; two academic and two calendar years.
			4 + 2 + 365 + 2,
		},
	} {
		var every []period.Period
		for _, day := range days {
			for _, kind := range c.kinds {
				every = append(every, calendar.At(kind, day))
			}
		}
		distinct := period.Distinct(every)
		if len(every) != 365*len(c.kinds) || len(distinct) != c.want {
			t.Errorf("%s: %d distinct of %d, want %d", c.name, len(distinct), len(every), c.want)
		}
		checkDistinct(t, every, distinct)
	}
}

// checkDistinct holds the shorter list to the first of each key, in order.
func checkDistinct(t *testing.T, every, distinct []period.Period) {
	t.Helper()
	var firsts []period.Period
	for _, p := range every {
		same := func(earlier period.Period) bool {
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
	ours := england(t).At(period.Quarter, period.Date(2026, time.April, 1))
	read := ours
	zone := time.FixedZone("", 0)
	read.Starts, read.Ends = read.Starts.In(zone), read.Ends.In(zone)
	if ours.Key() != read.Key() {
		t.Error("a period read back from a database is taken for another")
	}
	if len(period.Distinct([]period.Period{ours, read})) != 1 {
		t.Error("the same quarter is computed twice")
	}
}

func TestEqualDatesOfTwoKindsAreTwoPeriods(t *testing.T) {
	calendar := england(t)
	day := period.Date(2026, time.March, 31)
	toDate, rolling := calendar.At(period.FinancialYearToDate, day), calendar.At(period.Rolling12Months, day)
	if toDate.Starts != rolling.Starts || toDate.Ends != rolling.Ends || toDate.Key() == rolling.Key() {
		t.Errorf("%+v and %+v: want equal dates and unequal keys", toDate, rolling)
	}
}

func TestDistinctOfNothing(t *testing.T) {
	if got := period.Distinct(nil); len(got) != 0 {
		t.Errorf("got %v", got)
	}
}
