// Package disclosure decides what may be shown to the public. Small numbers can
// identify a child, so it hides, rounds and withholds before anything is stored.
package disclosure

import (
	"fmt"
	"math"

	"childrens-services-exporter/exporter/definition"
)

// Policy are the thresholds of statistical disclosure control.
type Policy struct {
	// Threshold is the largest count, from 1, that is hidden. It is never below 5.
	Threshold float64
	// RoundingBase is the base to which counts are rounded.
	RoundingBase float64
	// MinDenominator is the smallest denominator of a ratio that is shown.
	MinDenominator float64
	// MinUnanimous is the smallest denominator at which 0 % and 100 % are shown.
	MinUnanimous float64
}

// DefaultPolicy are DfE's usual ones.
func DefaultPolicy() Policy {
	return Policy{Threshold: 5, RoundingBase: 5, MinDenominator: 10, MinUnanimous: 20}
}

// Check refuses rules that would show what the law's common practice hides.
func (r Policy) Check() error {
	switch {
	case r.Threshold < 5:
		return fmt.Errorf("the threshold must be at least 5")
	case r.RoundingBase != 5 && r.RoundingBase != 10:
		return fmt.Errorf("counts are rounded to 5 or 10")
	case r.MinDenominator < 10 || r.MinUnanimous < 20:
		return fmt.Errorf("ratios need a denominator of at least 10, unanimous ones of at least 20")
	}
	return nil
}

// The reasons for which a value is held back. They say no more than what kind of
// value it is: "nearly all of them" would tell the number that is hidden.
const (
	SmallCount = "small_count"
	SmallRatio = "ratio"
)

// Suppressed is an indicator that has a value which the public is not shown.
type Suppressed struct {
	Indicator *definition.Indicator
	// Window is the period kind of the hidden value.
	Window string
	// Reason is SmallCount or SmallRatio.
	Reason string
}

// Publish gives the authority-level readings of indicators that are on the
// allow-list, in the form they may be shown in, and what it held back.
// Breakdowns are never published: two groups and a total give a third.
func (r Policy) Publish(observations []definition.Observation) ([]definition.Observation, []Suppressed) {
	var published []definition.Observation
	var suppressed []Suppressed
	for _, observation := range observations {
		if observation.By != "" || observation.Workers || observation.Value == nil {
			continue
		}
		var disclosed definition.Observation
		var allowed bool
		var reason string
		switch observation.Indicator.Public {
		case definition.PublicCount:
			disclosed, allowed = r.publishCount(observation)
			reason = SmallCount
		case definition.PublicRatio:
			disclosed, allowed = r.publishRatio(observation)
			reason = SmallRatio
		default:
			continue
		}
		if allowed {
			published = append(published, disclosed)
		} else {
			suppressed = append(suppressed, Suppressed{observation.Indicator, string(observation.Period.Kind), reason})
		}
	}
	return published, suppressed
}

// isUnderThreshold reports whether a count identifies somebody.
func (r Policy) isUnderThreshold(count float64) bool { return count > 0 && count <= r.Threshold }

// isUnsafe is true too where only the rounded count is small: a 5 that stands
// for 6 or 7 is a number from 1 to 5 to whoever reads it.
func (r Policy) isUnsafe(count float64) bool {
	return r.isUnderThreshold(count) || count > 0 && r.round(count) <= r.Threshold
}

func (r Policy) round(count float64) float64 {
	return math.Round(count/r.RoundingBase) * r.RoundingBase
}

// publishCount shows a rounded count, or a rate worked out from it: from an exact rate
// and a published population anyone could work the count out.
func (r Policy) publishCount(observation definition.Observation) (published definition.Observation, allowed bool) {
	trueCount := observation.Rows
	if r.isUnsafe(trueCount) || trueCount < 0 {
		return observation, false
	}
	if trueCount > 0 {
		observation.Value = new(*observation.Value / trueCount * r.round(trueCount))
		observation.Rows = r.round(trueCount)
	}
	return observation, true
}
