package rag_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/rag"
)

func TestTeamsAreRatedByTheRuleOfTheAuthority(t *testing.T) {
	cohort := &definition.Cohort{Windows: []calendar.Kind{calendar.Month, calendar.Quarter}}
	ratio := &definition.Indicator{
		Name: "childrens_assessments_on_time_ratio", Cohort: cohort, Headline: calendar.Quarter,
		Target: new(0.9), Tolerance: 0.05, Better: definition.HigherBetter, Measure: definition.Measure{Kind: definition.Ratio},
	}
	count := &definition.Indicator{
		Name: "childrens_cp_visits_overdue", Cohort: cohort, Headline: calendar.Quarter,
		Target: new(0.0), Better: definition.LowerBetter, Measure: definition.Measure{Kind: definition.Count},
	}
	untargeted := &definition.Indicator{Name: "childrens_referrals", Cohort: cohort, Headline: calendar.Quarter, Measure: definition.Measure{Kind: definition.Count}}
	bands := &definition.Indicator{Name: "childrens_bands", Cohort: cohort, Headline: calendar.Quarter, Target: new(0.0), Measure: definition.Measure{Kind: definition.Bands}}
	observation := func(indicator *definition.Indicator, kind calendar.Kind, by string, value, denominator float64, labels ...string) definition.Observation {
		answer := definition.Observation{Indicator: indicator, By: by, Labels: labels, Period: calendar.Period{Kind: kind}, Value: &value}
		if denominator > 0 {
			answer.Denominator = &denominator
		}
		return answer
	}
	observations := []definition.Observation{
		observation(ratio, calendar.Quarter, "", 0.2, 100),
		observation(ratio, calendar.Quarter, "team", 0.95, 20, "North"),
		observation(ratio, calendar.Quarter, "team", 0.85, 20, "South"), // 0.9 - 0.85 is a little more than 0.05 in binary
		observation(ratio, calendar.Quarter, "team", 0.2, 10, "East"),
		observation(ratio, calendar.Quarter, "team", 0.2, 9, "West"),
		observation(ratio, calendar.Month, "team", 0.2, 20, "North"),
		observation(ratio, calendar.Quarter, "age_band", 0.2, 20, "under 1"),
		observation(count, calendar.Quarter, "team", 0, 0, "North"),
		observation(count, calendar.Quarter, "team", 1, 0, "South"),
		observation(untargeted, calendar.Quarter, "team", 1, 0, "South"),
		observation(bands, calendar.Quarter, "team", 1, 0, "South", "up to 10"),
		{Indicator: ratio, By: "team", Labels: []string{"unknown"}, Period: calendar.Period{Kind: calendar.Quarter}},
	}
	got := rag.Policy{MinDenominator: 10}.TeamRatings(observations, calendar.Date(2026, 3, 31))
	want := []rag.TeamRating{
		{Indicator: ratio, Team: "North", Status: rag.OnTarget}, {Indicator: ratio, Team: "South", Status: rag.Watch},
		{Indicator: ratio, Team: "East", Status: rag.OffTarget},
		{Indicator: count, Team: "North", Status: rag.OnTarget}, {Indicator: count, Team: "South", Status: rag.OffTarget},
	}
	byName := cmp.Comparer(func(a, b *definition.Indicator) bool { return a.Name == b.Name })
	if diff := cmp.Diff(want, got, byName); diff != "" {
		t.Error(diff)
	}
}
