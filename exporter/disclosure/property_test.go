package disclosure_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/disclosure"
)

// span is what a reader who knows the rules can say of a number: it lies between
// two bounds.
type span struct{ least, most float64 }

func (s span) minus(other span) span { return span{s.least - other.most, s.most - other.least} }
func (s span) plus(other span) span  { return span{s.least + other.least, s.most + other.most} }

// tells reports whether the number is surely between 1 and 5.
func (s span) tells() bool { return s.least >= 1 && s.most <= 5 }

// council is what one made-up council has in one period, and its next.
func council(random *rand.Rand, scale int) (readings, later []definition.Observation) {
	drift := func(n int) int { return max(0, n+random.IntN(7)-3) }
	for range 12 {
		n := random.IntN(scale)
		readings, later = append(readings, count(float64(n))), append(later, count(float64(drift(n))))
	}
	for range 8 {
		denominator := 1 + random.IntN(scale)
		numerator := random.IntN(denominator + 1)
		if random.IntN(3) == 0 {
			// Small remainders are what visits on time look like.
			numerator = max(0, denominator-random.IntN(9))
		}
		next := 1 + drift(denominator)
		readings = append(readings, ratio(float64(numerator), float64(denominator)))
		later = append(later, ratio(float64(min(drift(numerator), next)), float64(next)))
	}
	return readings, later
}

// learn lists what a reader learns of the numbers behind one published reading,
// by trying every pair of numbers that the page could stand for.
func learn(rules disclosure.Policy, published definition.Observation) []span {
	half := rules.RoundingBase / 2
	if published.Numerator == nil {
		if published.Indicator.Measure.Kind == definition.Count {
			return []span{possible(rules, *published.Value)}
		}
		return nil // a per cent alone fits groups of any size
	}
	var found []span
	for d := math.Ceil(*published.Denominator - half); d <= *published.Denominator+half; d++ {
		for n := math.Ceil(*published.Numerator - half); n <= *published.Numerator+half; n++ {
			again, _ := rules.Publish([]definition.Observation{ratio(n, d)})
			if len(again) == 0 || again[0].Numerator == nil || *again[0].Value != *published.Value ||
				*again[0].Numerator != *published.Numerator || *again[0].Denominator != *published.Denominator {
				continue
			}
			for i, part := range []float64{n, d, d - n} {
				if len(found) <= i {
					found = append(found, span{part, part})
				}
				found[i] = span{min(found[i].least, part), max(found[i].most, part)}
			}
		}
	}
	return found
}

// possible is the counts that a published count can stand for.
func possible(rules disclosure.Policy, published float64) span {
	found := span{math.Inf(1), math.Inf(-1)}
	for n := max(0, published-rules.RoundingBase); n <= published+rules.RoundingBase; n++ {
		if again, _ := rules.Publish([]definition.Observation{count(n)}); len(again) == 1 && *again[0].Value == published {
			found = span{min(found.least, n), max(found.most, n)}
		}
	}
	return found
}

func TestNoNumberFromOneToFiveCanBeRead(t *testing.T) {
	for _, base := range []float64{5, 10} {
		rules := disclosure.DefaultPolicy()
		rules.RoundingBase = base
		for seed := range uint64(120) {
			random := rand.New(rand.NewPCG(seed, 32))
			scale := []int{12, 40, 120, 900}[seed%4]
			now, later := council(random, scale)
			shownNow, _ := rules.Publish(now)
			shownLater, _ := rules.Publish(later)
			var spans []span
			for _, published := range append(shownNow, shownLater...) {
				for _, part := range []*float64{published.Value, published.Numerator, published.Denominator} {
					if part != nil && *part >= 1 && *part <= 5 && published.Indicator.Unit != "ratio" {
						t.Fatalf("council %d: the page shows %g", seed, *part)
					}
				}
				spans = append(spans, learn(rules, published)...)
			}
			if told := readable(spans); told != "" {
				t.Fatalf("council %d, rounded to %g: %s", seed, base, told)
			}
		}
	}
}

// readable looks for a number from 1 to 5 among what a page tells, and among all
// sums and differences of two numbers on it or on the page of the next period.
func readable(spans []span) string {
	for i, one := range spans {
		if one.tells() {
			return fmt.Sprintf("%v can be read", one)
		}
		for _, other := range spans[i+1:] {
			for _, derived := range []span{one.minus(other), other.minus(one), one.plus(other)} {
				if derived.tells() {
					return fmt.Sprintf("%v can be read from %v and %v", derived, one, other)
				}
			}
		}
	}
	return ""
}

func TestHiddenValuesTellOnlyTheirKind(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	now, _ := council(random, 40)
	_, held := disclosure.DefaultPolicy().Publish(now)
	for _, one := range held {
		want := map[definition.PublicForm]string{definition.PublicCount: "small_count", definition.PublicRatio: "ratio"}
		if one.Reason != want[one.Indicator.Public] {
			t.Errorf("a hidden %s gives the reason %q", one.Indicator.Public, one.Reason)
		}
	}
}
