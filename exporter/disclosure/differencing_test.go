package disclosure_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/disclosure"
)

// interval is what a reader who knows the policy can say of a number: it lies between two bounds.
type interval struct{ lowest, highest float64 }

func (s interval) minus(other interval) interval {
	return interval{s.lowest - other.highest, s.highest - other.lowest}
}
func (s interval) plus(other interval) interval {
	return interval{s.lowest + other.lowest, s.highest + other.highest}
}

// revealsSmallNumber reports whether the number certainly lies between 1 and 5.
func (s interval) revealsSmallNumber() bool { return s.lowest >= 1 && s.highest <= 5 }

// randomCouncil gives the observations of a made-up council in one period and in the next.
func randomCouncil(random *rand.Rand, scale int) (observations, later []definition.Observation) {
	drift := func(n int) int { return max(0, n+random.IntN(7)-3) }
	for range 12 {
		n := random.IntN(scale)
		observations, later = append(observations, count(float64(n))), append(later, count(float64(drift(n))))
	}
	for range 8 {
		denominator := 1 + random.IntN(scale)
		numerator := random.IntN(denominator + 1)
		if random.IntN(3) == 0 {
			// Small remainders are what visits on time look like.
			numerator = max(0, denominator-random.IntN(9))
		}
		next := 1 + drift(denominator)
		observations = append(observations, ratio(float64(numerator), float64(denominator)))
		later = append(later, ratio(float64(min(drift(numerator), next)), float64(next)))
	}
	return observations, later
}

// candidates gives the intervals of the true numerator, denominator and rest behind one published observation, by trying
// every pair of true values that would be published as this one is.
func candidates(policy disclosure.Policy, published definition.Observation) []interval {
	half := policy.RoundingBase / 2
	if published.Numerator == nil {
		if published.Indicator.Measure.Kind == definition.Count {
			return []interval{candidateCounts(policy, *published.Value)}
		}
		return nil // a per cent alone fits groups of any size
	}
	var intervals []interval
	for d := math.Ceil(*published.Denominator - half); d <= *published.Denominator+half; d++ {
		for n := math.Ceil(*published.Numerator - half); n <= *published.Numerator+half; n++ {
			again, _ := policy.Publish([]definition.Observation{ratio(n, d)})
			if len(again) == 0 || again[0].Numerator == nil || *again[0].Value != *published.Value ||
				*again[0].Numerator != *published.Numerator || *again[0].Denominator != *published.Denominator {
				continue
			}
			for i, part := range []float64{n, d, d - n} {
				if len(intervals) <= i {
					intervals = append(intervals, interval{part, part})
				}
				intervals[i] = interval{min(intervals[i].lowest, part), max(intervals[i].highest, part)}
			}
		}
	}
	return intervals
}

// candidateCounts is the interval of the true counts that a published count can stand for.
func candidateCounts(policy disclosure.Policy, published float64) interval {
	counts := interval{math.Inf(1), math.Inf(-1)}
	for n := max(0, published-policy.RoundingBase); n <= published+policy.RoundingBase; n++ {
		if again, _ := policy.Publish([]definition.Observation{count(n)}); len(again) == 1 && *again[0].Value == published {
			counts = interval{min(counts.lowest, n), max(counts.highest, n)}
		}
	}
	return counts
}

func TestNoSmallNumberIsDisclosedByDifferencing(t *testing.T) {
	for _, base := range []float64{5, 10} {
		policy := disclosure.DefaultPolicy()
		policy.RoundingBase = base
		for seed := range uint64(120) {
			random := rand.New(rand.NewPCG(seed, 32))
			scale := []int{12, 40, 120, 900}[seed%4]
			now, later := randomCouncil(random, scale)
			publishedNow, _ := policy.Publish(now)
			publishedLater, _ := policy.Publish(later)
			var intervals []interval
			for _, published := range append(publishedNow, publishedLater...) {
				for _, part := range []*float64{published.Value, published.Numerator, published.Denominator} {
					if part != nil && *part >= 1 && *part <= 5 && published.Indicator.Unit != "ratio" {
						t.Fatalf("council %d: the page shows %g", seed, *part)
					}
				}
				intervals = append(intervals, candidates(policy, published)...)
			}
			if disclosed := disclosedByDifferencing(intervals); disclosed != "" {
				t.Fatalf("council %d, rounded to %g: %s", seed, base, disclosed)
			}
		}
	}
}

// disclosedByDifferencing looks for a number from 1 to 5 among the numbers of a page, and among all sums and differences
// of two numbers on it or on the page of the next period.
func disclosedByDifferencing(intervals []interval) string {
	for i, number := range intervals {
		if number.revealsSmallNumber() {
			return fmt.Sprintf("%v can be read", number)
		}
		for _, other := range intervals[i+1:] {
			for _, derived := range []interval{number.minus(other), other.minus(number), number.plus(other)} {
				if derived.revealsSmallNumber() {
					return fmt.Sprintf("%v can be read from %v and %v", derived, number, other)
				}
			}
		}
	}
	return ""
}

func TestReasonNamesOnlyTheKindOfValue(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	now, _ := randomCouncil(random, 40)
	_, suppressed := disclosure.DefaultPolicy().Publish(now)
	for _, value := range suppressed {
		want := map[definition.PublicForm]string{definition.PublicCount: "small_count", definition.PublicRatio: "ratio"}
		if value.Reason != want[value.Indicator.Public] {
			t.Errorf("a suppressed %s gives the reason %q", value.Indicator.Public, value.Reason)
		}
	}
}
