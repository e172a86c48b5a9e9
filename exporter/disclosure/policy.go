// Package disclosure applies statistical disclosure control to what the public sees, so that no published number
// identifies a child.
//
// Primary suppression withholds a value for its own size: a count from 1 to the threshold, and a ratio or mean of a
// group that is too small or has too small a part. Rounding publishes a count as a multiple of the rounding base, a
// ratio as a whole per cent and a mean to one decimal. Differencing is what a reader does who takes one published number
// from another, such as three quarters from their year, and is left with a small one. Secondary suppression withholds a
// value that is safe by itself because differencing would recover a suppressed one from it. Only values of the whole
// authority are published and only of indicators on the allow-list, since two groups and their total give a third group.
package disclosure

import (
	"fmt"
	"math"

	"childrens-services-exporter/exporter/definition"
)

// Policy holds the parameters of statistical disclosure control.
type Policy struct {
	// Threshold is the largest count that is suppressed; the smallest is 1. A count of 0 is published. The threshold is
	// never below 5.
	Threshold float64
	// RoundingBase is the number to a multiple of which counts are rounded.
	RoundingBase float64
	// MinDenominator is the smallest denominator of a ratio that is published.
	MinDenominator float64
	// MinUnanimous is the smallest denominator at which a ratio of 0 % or 100 % is published: it says the same of every
	// member of the group.
	MinUnanimous float64
}

// DefaultPolicy is the policy that the Department for Education usually publishes by.
func DefaultPolicy() Policy {
	return Policy{Threshold: 5, RoundingBase: 5, MinDenominator: 10, MinUnanimous: 20}
}

// Check refuses a policy that is looser than common practice. Of a parameter that is not a number every comparison is
// false, so that each is asked for what it must be.
func (r Policy) Check() error {
	switch {
	case !(r.Threshold >= 5) || math.IsInf(r.Threshold, 1):
		return fmt.Errorf("the threshold must be at least 5")
	case r.RoundingBase != 5 && r.RoundingBase != 10:
		return fmt.Errorf("counts are rounded to 5 or 10")
	case !(r.MinDenominator >= 10 && r.MinUnanimous >= 20):
		return fmt.Errorf("ratios need a denominator of at least 10, unanimous ones of at least 20")
	}
	return nil
}

// The reasons for which a value is suppressed. A reason names the kind of value and no more: "nearly all of them" would
// disclose the number.
const (
	SmallCount = "small_count"
	SmallRatio = "ratio"
)

// Suppressed is a value that exists and is not published.
type Suppressed struct {
	Indicator *definition.Indicator
	// Window is the period kind of the value.
	Window string
	// Reason is SmallCount or SmallRatio.
	Reason string
}
