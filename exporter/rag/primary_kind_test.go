package rag_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/rag"
)

// ratedPeriods are a ratio's periods of several kinds, each with a status, numerator and denominator.
func ratedPeriods(indicator *definition.Indicator, horizons map[calendar.Kind]int) (observations []definition.PeriodObservation, ratings []rag.PeriodRating) {
	for kind, horizon := range horizons {
		for offset := range horizon + 1 {
			observation := definition.PeriodObservation{
				ReportPeriod: calendar.ReportPeriod{Period: calendar.Period{Kind: kind, Label: fmt.Sprint(kind, " ", offset)}, Offset: offset},
				Observation:  definition.Observation{Indicator: indicator, Value: new(0.5), Numerator: new(5.0), Denominator: new(10.0)},
			}
			observations = append(observations, observation)
			ratings = append(ratings, rag.PeriodRating{PeriodObservation: observation, Status: new(rag.Watch)})
		}
	}
	return observations, ratings
}

func TestTrimForScrapeKeepsTheStatusOfThePrimaryKind(t *testing.T) {
	quarterly := &definition.Indicator{Name: "childrens_cp_visits_on_time_ratio"}
	school := &definition.Indicator{Name: "childrens_attendance_ratio"}
	observations, ratings := ratedPeriods(quarterly, map[calendar.Kind]int{calendar.Month: 13, calendar.FinancialYear: 3, calendar.Quarter: 8})
	schoolObservations, schoolRatings := ratedPeriods(school, map[calendar.Kind]int{calendar.AcademicYear: 3, calendar.Term: 9})
	observations, ratings = append(observations, schoolObservations...), append(ratings, schoolRatings...)

	primary := rag.PrimaryKind(observations)
	if primary[quarterly] != calendar.Quarter || primary[school] != calendar.Term {
		t.Fatalf("primary kinds %v", primary)
	}
	var statuses, parts []string
	trimmed := rag.TrimForScrape(ratings, primary)
	for _, rating := range trimmed {
		if rating.Observation.Value == nil {
			t.Errorf("%s has no value", rating.Period.Label)
		}
		if rating.Status != nil {
			statuses = append(statuses, rating.Period.Label)
		}
		if rating.Observation.Numerator != nil && rating.Observation.Denominator != nil {
			parts = append(parts, rating.Period.Label)
		}
	}
	slices.Sort(statuses)
	slices.Sort(parts)
	if diff := cmp.Diff([]string{"quarter 1", "quarter 5", "term 1", "term 4"}, parts); diff != "" {
		t.Error(diff)
	}
	if wantStatuses := 9 + 10; len(statuses) != wantStatuses || statuses[0] != "quarter 0" || statuses[wantStatuses-1] != "term 9" {
		t.Errorf("statuses of %v", statuses)
	}
	if ratings[0].Observation.Numerator == nil || ratings[0].Status == nil {
		t.Error("TrimForScrape changed its input")
	}
}
