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
func (r Policy) Publish(readings []definition.Observation) ([]definition.Observation, []Suppressed) {
	var shown []definition.Observation
	var held []Suppressed
	for _, reading := range readings {
		if reading.By != "" || reading.Workers || reading.Value == nil {
			continue
		}
		var safe definition.Observation
		var allowed bool
		var reason string
		switch reading.Indicator.Public {
		case definition.PublicCount:
			safe, allowed = r.count(reading)
			reason = SmallCount
		case definition.PublicRatio:
			safe, allowed = r.ratio(reading)
			reason = SmallRatio
		default:
			continue
		}
		if allowed {
			shown = append(shown, safe)
		} else {
			held = append(held, Suppressed{reading.Indicator, string(reading.Period.Kind), reason})
		}
	}
	return shown, held
}

// small reports whether a count identifies somebody.
func (r Policy) small(count float64) bool { return count > 0 && count <= r.Threshold }

// looksSmall is true too where only the rounded count is small: a 5 that stands
// for 6 or 7 is a number from 1 to 5 to whoever reads it.
func (r Policy) looksSmall(count float64) bool {
	return r.small(count) || count > 0 && r.rounded(count) <= r.Threshold
}

func (r Policy) rounded(count float64) float64 { return math.Round(count/r.RoundingBase) * r.RoundingBase }

// count shows a rounded count, or a rate worked out from it: from an exact rate
// and a published population anyone could work the count out.
func (r Policy) count(reading definition.Observation) (safe definition.Observation, allowed bool) {
	exact := reading.Rows
	if r.looksSmall(exact) || exact < 0 {
		return reading, false
	}
	if exact > 0 {
		reading.Value = new(*reading.Value / exact * r.rounded(exact))
		reading.Rows = r.rounded(exact)
	}
	return reading, true
}
