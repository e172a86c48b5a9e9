package disclosure_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/disclosure"
)

func count(rows float64) definition.Observation {
	return definition.Observation{
		Indicator: &definition.Indicator{Name: "childrens_plans", Unit: "count", Public: definition.PublicCount, Measure: definition.Measure{Kind: definition.Count}},
		Period:    calendar.Period{Kind: calendar.Snapshot}, Value: new(rows), Rows: rows,
	}
}

func ratio(numerator, denominator float64) definition.Observation {
	return definition.Observation{
		Indicator: &definition.Indicator{Name: "childrens_ratio", Unit: "ratio", Public: definition.PublicRatio, Measure: definition.Measure{Kind: definition.Ratio}},
		Period:    calendar.Period{Kind: calendar.Quarter}, Value: new(numerator / denominator), Numerator: &numerator, Denominator: &denominator,
	}
}

// publishedText writes what is published of one observation: value, numerator and denominator, with a dash for each that
// is withheld, or the reason for which it is suppressed.
func publishedText(policy disclosure.Policy, observation definition.Observation) string {
	observations, suppressed := policy.Publish([]definition.Observation{observation})
	if len(suppressed) > 0 {
		return suppressed[0].Reason
	}
	if len(observations) == 0 {
		return "nothing"
	}
	text := ""
	for _, part := range []*float64{observations[0].Value, observations[0].Numerator, observations[0].Denominator} {
		if part == nil {
			text += "- "
		} else {
			text += fmt.Sprintf("%g ", *part)
		}
	}
	return text[:len(text)-1]
}

func TestCountUnderTheThresholdIsSuppressedAndOthersAreRounded(t *testing.T) {
	// 6 and 7 would round to 5, and a reader cannot tell that 5 from a count of five.
	want := map[float64]string{
		0: "0 - -", 1: "small_count", 3: "small_count", 5: "small_count", 6: "small_count", 7: "small_count",
		8: "10 - -", 10: "10 - -", 12: "10 - -", 13: "15 - -", 1002: "1000 - -",
	}
	got := map[float64]string{}
	for rows := range want {
		got[rows] = publishedText(disclosure.DefaultPolicy(), count(rows))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestCountRoundedToTenAboveAHigherThreshold(t *testing.T) {
	policy := disclosure.DefaultPolicy()
	policy.RoundingBase, policy.Threshold = 10, 9
	want := map[float64]string{0: "0 - -", 9: "small_count", 10: "10 - -", 14: "10 - -", 15: "20 - -"}
	for rows, text := range want {
		if got := publishedText(policy, count(rows)); got != text {
			t.Errorf("%g is published as %q, want %q", rows, got, text)
		}
	}
}

func TestRateIsCalculatedFromTheRoundedCount(t *testing.T) {
	rate := func(rows float64) definition.Observation {
		observation := count(rows)
		observation.Indicator.Unit, observation.Indicator.Measure = "per_10k", definition.Measure{Kind: definition.Rate, Per: 10000}
		observation.Value = new(rows / 8000 * 10000)
		return observation
	}
	want := map[float64]string{0: "0 - -", 4: "small_count", 6: "small_count", 8: "12.5 - -", 12: "12.5 - -", 31: "37.5 - -"}
	for rows, text := range want {
		if got := publishedText(disclosure.DefaultPolicy(), rate(rows)); got != text {
			t.Errorf("the rate of %g is published as %q, want %q", rows, got, text)
		}
	}
}

func TestRatioNeedsTheMinimumDenominatorAndNoSmallPart(t *testing.T) {
	for _, test := range []struct {
		numerator, denominator float64
		want                   string
	}{
		{4, 9, "ratio"},   // below the minimum denominator
		{0, 9, "ratio"},   //
		{0, 19, "ratio"},  // unanimous, below the minimum for that
		{19, 19, "ratio"}, //
		{0, 20, "0 - -"},  // the denominator 20 would disclose 20 to 22
		{20, 20, "1 - -"},
		{0, 25, "0 0 25"},
		{25, 25, "1 25 25"},
		{5, 40, "ratio"},    // a numerator under the threshold
		{35, 40, "ratio"},   // a rest under the threshold
		{34, 39, "ratio"},   //
		{6, 12, "ratio"},    // the only denominator from 8 to 12 with two parts over the threshold
		{7, 14, "ratio"},    // 50 % leaves 14 and 16 of the denominators from 13 to 17
		{7, 13, "0.55 - -"}, // a numerator that is rounded to 5
		{9, 19, "0.45 - -"}, // below 200 to the nearest five per cent
		{19, 31, "0.6 - -"},
		{113, 197, "0.55 - -"}, // 57.4 %
		{113, 198, "0.57 - -"},
		{150, 300, "0.5 150 300"},
		{151, 302, "0.5 150 300"},
		{200, 611, "0.33 200 610"},
	} {
		if got := publishedText(disclosure.DefaultPolicy(), ratio(test.numerator, test.denominator)); got != test.want {
			t.Errorf("%g of %g is published as %q, want %q", test.numerator, test.denominator, got, test.want)
		}
	}
}

func TestMeanAndQuotientOfSumsAreCoarsened(t *testing.T) {
	mean := func(unit string, value, rows float64) definition.Observation {
		observation := ratio(1, 1)
		observation.Indicator.Unit, observation.Indicator.Measure.Kind = unit, definition.Mean
		observation.Value, observation.Rows, observation.Numerator, observation.Denominator = &value, rows, nil, nil
		return observation
	}
	sums := func(unit string, numerator, denominator float64, both bool) definition.Observation {
		observation := ratio(numerator, denominator)
		observation.Indicator.Unit = unit
		observation.Indicator.Measure.Numerator.Sum, observation.Indicator.Measure.Denominator.Sum = true, both
		return observation
	}
	for _, test := range []struct {
		name        string
		observation definition.Observation
		want        string
	}{
		{"mean of nine", mean("score", 13.26, 9), "ratio"},
		{"mean of ten", mean("score", 13.26, 10), "13.3 - -"},
		{"mean of days, to a tenth of a day", mean("seconds", 45.333333*86400, 12), "3.91392e+06 - -"},
		{"absence, a ratio of sums, keeps its per cent", sums("ratio", 6712, 100341, true), "0.07 6710 100340"},
		{"caseload, a sum over a count", sums("cases", 1650, 101, false), "16.3 1650 100"},
		{"caseload of nine workers", sums("cases", 150, 9, false), "ratio"},
	} {
		if got := publishedText(disclosure.DefaultPolicy(), test.observation); got != test.want {
			t.Errorf("%s is published as %q, want %q", test.name, got, test.want)
		}
	}
}

func TestOnlyAuthorityTotalsOfTheAllowListArePublished(t *testing.T) {
	team, workers, private, absent := count(40), count(40), count(40), count(40)
	team.By, team.Labels = "team", []string{"North"}
	workers.Workers = true
	private.Indicator.Public = definition.PublicNone
	absent.Value = nil
	for name, observation := range map[string]definition.Observation{
		"a team's": team, "a worker's": workers, "a private": private, "an absent": absent,
	} {
		if got := publishedText(disclosure.DefaultPolicy(), observation); got != "nothing" {
			t.Errorf("%s observation is published as %q", name, got)
		}
	}
}

func TestPublishDoesNotChangeItsInput(t *testing.T) {
	observation := ratio(151, 302)
	disclosure.DefaultPolicy().Publish([]definition.Observation{observation})
	if *observation.Value != 0.5 || *observation.Numerator != 151 || *observation.Denominator != 302 {
		t.Errorf("the input became %g, %g, %g", *observation.Value, *observation.Numerator, *observation.Denominator)
	}
}

func TestCheckRefusesALooserPolicy(t *testing.T) {
	for name, loosen := range map[string]func(*disclosure.Policy){
		"threshold":   func(r *disclosure.Policy) { r.Threshold = 4 },
		"rounding":    func(r *disclosure.Policy) { r.RoundingBase = 1 },
		"denominator": func(r *disclosure.Policy) { r.MinDenominator = 9 },
		"unanimous":   func(r *disclosure.Policy) { r.MinUnanimous = 19 },

		"threshold that is not a number":   func(r *disclosure.Policy) { r.Threshold = math.NaN() },
		"threshold without a bound":        func(r *disclosure.Policy) { r.Threshold = math.Inf(1) },
		"rounding that is not a number":    func(r *disclosure.Policy) { r.RoundingBase = math.NaN() },
		"denominator that is not a number": func(r *disclosure.Policy) { r.MinDenominator = math.NaN() },
		"unanimous that is not a number":   func(r *disclosure.Policy) { r.MinUnanimous = math.NaN() },
	} {
		policy := disclosure.DefaultPolicy()
		if err := policy.Check(); err != nil {
			t.Fatal(err)
		}
		if loosen(&policy); policy.Check() == nil {
			t.Errorf("Check accepts a looser %s", name)
		}
	}
}

// The last bits of 12 / 8,012 × 10,000 and of 8 / 8,012 × 10,000, scaled to the rounded count of 10, differ.
func TestRateHasNothingOfTheTrueCount(t *testing.T) {
	rate := func(rows, population float64) definition.Observation {
		observation := count(rows)
		observation.Indicator.Unit, observation.Indicator.Measure = "per_10k", definition.Measure{Kind: definition.Rate, Per: 10000}
		observation.Value = new(rows / population * 10000)
		return observation
	}
	for population := 3001.0; population < 400_000; population += 977.5 {
		texts := map[string]bool{}
		for rows := 8.0; rows <= 12; rows++ {
			texts[publishedText(disclosure.DefaultPolicy(), rate(rows, population))] = true
		}
		if len(texts) != 1 {
			t.Fatalf("8 to 12 of %g are published as %v", population, texts)
		}
	}
}

func TestRateOnASumNeedsTheMinimumDenominatorAndRoundsIt(t *testing.T) {
	rate := func(rows, sum float64) definition.Observation {
		observation := count(rows)
		observation.Indicator.Unit = "per_100"
		observation.Indicator.Measure = definition.Measure{Kind: definition.Rate, Per: 100, Of: definition.Expression{Sum: true}, RateDenominator: definition.Expression{Sum: true}}
		observation.Value = new(rows / sum * 100)
		return observation
	}
	for _, test := range []struct {
		rows, sum float64
		want      string
	}{
		{30, 2, "small_count"}, // 1,500 would be 30 × 100 / 2
		{145, 5603, "2.6 - -"},
		{145, 5598, "2.6 - -"},
		{30, 103, "28.6 - -"},
	} {
		if got := publishedText(disclosure.DefaultPolicy(), rate(test.rows, test.sum)); got != test.want {
			t.Errorf("%g on %g is published as %q, want %q", test.rows, test.sum, got, test.want)
		}
	}
}

func TestMeanOfYesAndNoFollowsTheRuleForShares(t *testing.T) {
	mean := func(value, rows float64) definition.Observation {
		observation := ratio(1, 1)
		observation.Indicator.Unit, observation.Indicator.Measure.Kind = "score", definition.Mean
		observation.Value, observation.Rows, observation.Numerator, observation.Denominator = &value, rows, nil, nil
		return observation
	}
	for _, test := range []struct {
		value, rows float64
		want        string
	}{
		{2.0 / 32, 32, "ratio"},
		{30.0 / 32, 32, "ratio"},
		{16.0 / 32, 32, "0.5 - -"},
		{0, 12, "ratio"},
	} {
		if got := publishedText(disclosure.DefaultPolicy(), mean(test.value, test.rows)); got != test.want {
			t.Errorf("a mean of %g over %g is published as %q, want %q", test.value, test.rows, got, test.want)
		}
	}
}
