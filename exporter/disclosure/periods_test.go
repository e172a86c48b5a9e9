package disclosure_test

import (
	"testing"
	"time"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/disclosure"
)

// quarters gives the observations of one indicator for the quarters of a year, the latest first.
func quarters(windows []calendar.Kind, counts ...float64) []definition.PeriodObservation {
	indicator := &definition.Indicator{
		Name: "childrens_plans_started", Unit: "count", Public: definition.PublicCount,
		Measure: definition.Measure{Kind: definition.Count}, Cohort: &definition.Cohort{Windows: windows},
	}
	var observations []definition.PeriodObservation
	for i, n := range counts {
		quarter := calendar.Period{Kind: calendar.Quarter, Ends: calendar.Date(2026, time.Month(3-3*i), 28)}
		observations = append(observations, definition.PeriodObservation{
			ReportPeriod: calendar.ReportPeriod{Period: quarter, Offset: i + 1, Query: quarter},
			Observation:  definition.Observation{Indicator: indicator, Period: quarter, Value: new(n), Rows: n},
		})
	}
	return observations
}

// Rounded, the year of 13, 13, 13 and 1 is 40 and three of its quarters are 15 each: the difference of -5 and the width of
// the rounding disclose the fourth.
func TestFlowWithASuppressedQuarterIsNotPublishedByQuarter(t *testing.T) {
	policy := disclosure.DefaultPolicy()
	flow := []calendar.Kind{calendar.Quarter, calendar.FinancialYear}
	published, suppressed := policy.PublishPeriods(quarters(flow, 13, 13, 13, 1))
	if len(published) != 0 || len(suppressed) != 1 || suppressed[0].Reason != disclosure.SmallCount || suppressed[0].Window != "quarter" {
		t.Errorf("published %v, suppressed %v", published, suppressed)
	}
	published, suppressed = policy.PublishPeriods(quarters(flow, 13, 0, 24, 8))
	if len(published) != 4 || len(suppressed) != 0 {
		t.Fatalf("published %d, suppressed %v", len(published), suppressed)
	}
	for i, want := range []float64{15, 0, 25, 10} {
		if *published[i].Observation.Value != want || published[i].Offset != i+1 {
			t.Errorf("quarter %d is published as %g, want %g", i+1, *published[i].Observation.Value, want)
		}
	}
}

func TestSuppressedSnapshotLeavesTheOtherDays(t *testing.T) {
	published, suppressed := disclosure.DefaultPolicy().PublishPeriods(quarters([]calendar.Kind{calendar.Snapshot}, 13, 4, 24, 8))
	if len(published) != 3 || len(suppressed) != 1 {
		t.Errorf("published %d, suppressed %v", len(published), suppressed)
	}
}
