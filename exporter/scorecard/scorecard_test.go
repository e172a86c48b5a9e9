package scorecard_test

import (
	"fmt"
	"testing"

	"childrens-services-exporter/exporter/catalogue"
	"childrens-services-exporter/exporter/period"
	"childrens-services-exporter/exporter/scorecard"
)

func TestStatus(t *testing.T) {
	for _, test := range []struct {
		value, target, tolerance float64
		better                   catalogue.Polarity
		want                     scorecard.RAG
	}{
		{0.95, 0.95, 0.05, catalogue.HigherBetter, scorecard.OnTarget},
		{0.9499, 0.95, 0.05, catalogue.HigherBetter, scorecard.Watch},
		{0.90, 0.95, 0.05, catalogue.HigherBetter, scorecard.Watch}, // 0.95 - 0.90 is a hair more than 0.05 in binary
		{0.8999, 0.95, 0.05, catalogue.HigherBetter, scorecard.OffTarget},
		{1, 0.95, 0.05, catalogue.HigherBetter, scorecard.OnTarget},
		{0, 0, 0, catalogue.LowerBetter, scorecard.OnTarget},
		{1, 0, 0, catalogue.LowerBetter, scorecard.OffTarget},
		{18, 16, 2, catalogue.LowerBetter, scorecard.Watch},
		{18.1, 16, 2, catalogue.LowerBetter, scorecard.OffTarget},
	} {
		if got := scorecard.Status(test.value, test.target, test.tolerance, test.better); got != test.want {
			t.Errorf("Status(%g, %g, %g, %s) = %d, want %d", test.value, test.target, test.tolerance, test.better, got, test.want)
		}
	}
}

func TestJudgeTakesTheHeadlineWindowAndWithholdsOnFewCases(t *testing.T) {
	cohort := &catalogue.Cohort{Windows: []period.Kind{period.Month, period.Quarter}}
	indicator := &catalogue.Indicator{
		Name: "childrens_assessments_on_time_ratio", Cohort: cohort, Headline: period.Quarter,
		Target: new(0.9), Tolerance: 0.05, Better: catalogue.HigherBetter, Measure: catalogue.Measure{Kind: catalogue.Ratio},
	}
	reading := func(kind period.Kind, by string, value, denominator float64) catalogue.Reading {
		return catalogue.Reading{Indicator: indicator, By: by, Period: period.Period{Kind: kind}, Value: &value, Denominator: &denominator}
	}
	rules, today := scorecard.Rules{Denominator: 5}, period.Date(2026, 3, 31)
	judged := rules.Judge([]catalogue.Reading{
		reading(period.Month, "", 0.2, 40), reading(period.Quarter, "", 0.95, 100), reading(period.Quarter, "team", 0.1, 10),
	}, today)
	if len(judged) != 1 || *judged[0].Reading.Value != 0.95 || *judged[0].Status != scorecard.OnTarget {
		t.Errorf("judged %+v, want the quarter of the authority, on target", judged)
	}
	if other := rules.Judge([]catalogue.Reading{reading(period.Month, "", 0.2, 40)}, today); len(other) != 0 {
		t.Errorf("the month was judged in the quarter's place: %+v", other)
	}
	if few := rules.Judge([]catalogue.Reading{reading(period.Quarter, "", 0.25, 4)}, today); few[0].Status != nil {
		t.Errorf("a ratio of four cases was judged %v", *few[0].Status)
	}
}

func ExampleStatus() {
	words := map[scorecard.RAG]string{scorecard.OnTarget: "on target", scorecard.Watch: "watch", scorecard.OffTarget: "off target"}
	fmt.Println(words[scorecard.Status(0.92, 0.95, 0.05, catalogue.HigherBetter)])
	// Output: watch
}
