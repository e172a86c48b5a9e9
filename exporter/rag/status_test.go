package rag_test

import (
	"fmt"
	"testing"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/rag"
)

func TestStatus(t *testing.T) {
	for _, test := range []struct {
		value, target, tolerance float64
		better                   definition.Polarity
		want                     rag.Status
	}{
		{0.95, 0.95, 0.05, definition.HigherBetter, rag.OnTarget},
		{0.9499, 0.95, 0.05, definition.HigherBetter, rag.Watch},
		{0.90, 0.95, 0.05, definition.HigherBetter, rag.Watch}, // 0.95 - 0.90 is a hair more than 0.05 in binary
		{0.8999, 0.95, 0.05, definition.HigherBetter, rag.OffTarget},
		{1, 0.95, 0.05, definition.HigherBetter, rag.OnTarget},
		{0, 0, 0, definition.LowerBetter, rag.OnTarget},
		{1, 0, 0, definition.LowerBetter, rag.OffTarget},
		{18, 16, 2, definition.LowerBetter, rag.Watch},
		{18.1, 16, 2, definition.LowerBetter, rag.OffTarget},
	} {
		if got := rag.StatusOf(test.value, test.target, test.tolerance, test.better); got != test.want {
			t.Errorf("Status(%g, %g, %g, %s) = %d, want %d", test.value, test.target, test.tolerance, test.better, got, test.want)
		}
	}
}

func TestRatingUsesTheHeadlineWindowAndNeedsTheMinimumDenominator(t *testing.T) {
	cohort := &definition.Cohort{Windows: []calendar.Kind{calendar.Month, calendar.Quarter}}
	indicator := &definition.Indicator{
		Name: "childrens_assessments_on_time_ratio", Cohort: cohort, Headline: calendar.Quarter,
		Target: new(0.9), Tolerance: 0.05, Better: definition.HigherBetter, Measure: definition.Measure{Kind: definition.Ratio},
	}
	observation := func(kind calendar.Kind, by string, value, denominator float64) definition.Observation {
		return definition.Observation{Indicator: indicator, By: by, Period: calendar.Period{Kind: kind}, Value: &value, Denominator: &denominator}
	}
	policy, today := rag.Policy{MinDenominator: 5}, calendar.Date(2026, 3, 31)
	ratings := policy.Ratings([]definition.Observation{
		observation(calendar.Month, "", 0.2, 40), observation(calendar.Quarter, "", 0.95, 100), observation(calendar.Quarter, "team", 0.1, 10),
	}, today)
	if len(ratings) != 1 || *ratings[0].Observation.Value != 0.95 || *ratings[0].Status != rag.OnTarget {
		t.Errorf("rated %+v, want the quarter of the authority, on target", ratings)
	}
	if other := policy.Ratings([]definition.Observation{observation(calendar.Month, "", 0.2, 40)}, today); len(other) != 0 {
		t.Errorf("the month was rated in the quarter's place: %+v", other)
	}
	if few := policy.Ratings([]definition.Observation{observation(calendar.Quarter, "", 0.25, 4)}, today); few[0].Status != nil {
		t.Errorf("a ratio of four cases was rated %v", *few[0].Status)
	}
}

func ExampleStatusOf() {
	words := map[rag.Status]string{rag.OnTarget: "on target", rag.Watch: "watch", rag.OffTarget: "off target"}
	fmt.Println(words[rag.StatusOf(0.92, 0.95, 0.05, definition.HigherBetter)])
	// Output: watch
}
