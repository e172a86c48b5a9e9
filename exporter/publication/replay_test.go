package publication_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/publication"
	"childrens-services-exporter/exporter/store"
)

// plans is a public indicator of a cohort of its own.
func plans() *definition.Cohort {
	cohort := &definition.Cohort{Name: "child_protection/plans", Source: "social_care"}
	cohort.Indicators = []*definition.Indicator{{Name: "childrens_cp_plans_open", Version: 1, Public: definition.PublicCount, Cohort: cohort}}
	return cohort
}

// quarters are the values of the cohort's indicator, by the label of the quarter.
func quarters(cohort *definition.Cohort, values map[string]float64) []definition.PeriodObservation {
	var observations []definition.PeriodObservation
	for offset, label := range []string{"2025-26 Q4", "2025-26 Q3"} {
		ends := time.Date(2026, time.Month(3-3*offset), 31, 0, 0, 0, 0, time.UTC)
		period := calendar.Period{AsOf: ends, Kind: calendar.Quarter, Label: label, Starts: ends.AddDate(0, -3, 1), Ends: ends}
		observations = append(observations, definition.PeriodObservation{
			ReportPeriod: calendar.ReportPeriod{Period: period, Offset: offset + 1, Query: period},
			Observation:  definition.Observation{Indicator: cohort.Indicators[0], Period: period, Value: new(values[label])},
		})
	}
	return observations
}

// A period published before, on the page or in a report, is published again with the
// same values, each period once, however often a report is written.
func TestReplayGivesWhatWasPublishedBefore(t *testing.T) {
	cohort := plans()
	cohorts := []*definition.Cohort{cohort}
	before, late := quarters(cohort, map[string]float64{"2025-26 Q4": 60, "2025-26 Q3": 58}), quarters(cohort, map[string]float64{"2025-26 Q4": 57, "2025-26 Q3": 56})
	report := publication.Report{Source: "social_care", Period: "2025-26 Q4", Cohorts: cohorts}
	for name, onPage := range map[string]bool{"in a report": false, "on the page and in a report": true} {
		t.Run(name, func(t *testing.T) {
			state := store.Open(t.TempDir())
			if onPage {
				page := map[string]publication.Values{cohort.Name: {Period: "2025-26 Q4", Series: before}}
				if err := publication.Open(state, "social_care").Save(cohorts, page); err != nil {
					t.Fatal(err)
				}
			}
			for n, evaluated := range [][]definition.PeriodObservation{before, late, late} {
				published, err := publication.Replay(state, report, evaluated)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(valuesOf(before), valuesOf(published)); diff != "" {
					t.Errorf("report %d: %s", n, diff)
				}
			}
		})
	}
	t.Run("in memory", func(t *testing.T) {
		published, err := publication.Replay(store.Open(""), report, late)
		if diff := cmp.Diff(valuesOf(late), valuesOf(published)); diff != "" || err != nil {
			t.Error(diff, err)
		}
	})
}

// valuesOf lists the values in their order.
func valuesOf(observations []definition.PeriodObservation) []float64 {
	var values []float64
	for _, observation := range observations {
		values = append(values, *observation.Observation.Value)
	}
	return values
}
