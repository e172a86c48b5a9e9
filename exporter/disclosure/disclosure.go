// Package disclosure decides what may be shown to the public. Small numbers can
// identify a child, so it hides, rounds and withholds before anything is stored.
package disclosure

import (
	"fmt"
	"math"

	"childrens-services-exporter/exporter/catalogue"
)

// Rules are the thresholds of statistical disclosure control.
type Rules struct {
	// Hide is the largest count, from 1, that is hidden. It is never below 5.
	Hide float64
	// Round is the base to which counts are rounded.
	Round float64
	// Denominator is the smallest denominator of a ratio that is shown.
	Denominator float64
	// Unanimous is the smallest denominator at which 0 % and 100 % are shown.
	Unanimous float64
}

// DefaultRules are DfE's usual ones.
func DefaultRules() Rules {
	return Rules{Hide: 5, Round: 5, Denominator: 10, Unanimous: 20}
}

// Check refuses rules that would show what the law's common practice hides.
func (r Rules) Check() error {
	switch {
	case r.Hide < 5:
		return fmt.Errorf("the threshold must be at least 5")
	case r.Round != 5 && r.Round != 10:
		return fmt.Errorf("counts are rounded to 5 or 10")
	case r.Denominator < 10 || r.Unanimous < 20:
		return fmt.Errorf("ratios need a denominator of at least 10, unanimous ones of at least 20")
	}
	return nil
}

// Suppressed is an indicator that has a value which the public is not shown.
type Suppressed struct {
	Indicator *catalogue.Indicator
	// Window is the period kind of the hidden value.
	Window string
	// Reason is small_count, small_denominator, complement or unanimous.
	Reason string
}

// Publish gives the authority-level readings of indicators that are on the
// allow-list, in the form they may be shown in, and what it held back.
// Breakdowns are never published: two groups and a total give a third.
func (r Rules) Publish(readings []catalogue.Reading) ([]catalogue.Reading, []Suppressed) {
	var shown []catalogue.Reading
	var held []Suppressed
	for _, reading := range readings {
		if reading.By != "" || reading.Workers || reading.Value == nil {
			continue
		}
		var safe catalogue.Reading
		var reason string
		switch reading.Indicator.Public {
		case catalogue.PublicCount:
			safe, reason = r.count(reading)
		case catalogue.PublicRatio:
			safe, reason = r.ratio(reading)
		default:
			continue
		}
		if reason != "" {
			held = append(held, Suppressed{reading.Indicator, string(reading.Period.Kind), reason})
			continue
		}
		shown = append(shown, safe)
	}
	return shown, held
}

func (r Rules) small(count float64) bool { return count > 0 && count <= r.Hide }

func (r Rules) rounded(count float64) *float64 {
	return new(math.Round(count/r.Round) * r.Round)
}

// count shows a count, or a rate worked out from the rounded count: from an
// exact rate and a published population anyone could work the count out.
func (r Rules) count(reading catalogue.Reading) (catalogue.Reading, string) {
	if r.small(reading.Rows) {
		return reading, "small_count"
	}
	exact := reading.Rows
	reading.Rows = *r.rounded(exact)
	if exact == 0 {
		return reading, ""
	}
	reading.Value = new(*reading.Value / exact * reading.Rows)
	return reading, ""
}

// ratio shows a ratio to a whole per cent with its parts rounded; a mean to one
// decimal. Where one part is hidden all are, since the rest would give it away.
func (r Rules) ratio(reading catalogue.Reading) (catalogue.Reading, string) {
	if reading.Indicator.Measure.Kind == catalogue.Mean {
		return r.mean(reading, reading.Rows)
	}
	numerator, denominator := *reading.Numerator, *reading.Denominator
	if reading.Indicator.Measure.Denominator.Sum {
		reading.Numerator, reading.Denominator = r.rounded(numerator), r.rounded(denominator)
		return r.mean(reading, min(numerator, denominator))
	}
	switch {
	case denominator < r.Denominator:
		return reading, "small_denominator"
	case r.small(numerator):
		return reading, "small_count"
	case r.small(denominator - numerator):
		return reading, "complement"
	case (numerator == 0 || numerator == denominator) && denominator < r.Unanimous:
		return reading, "unanimous"
	}
	reading.Value = new(math.Round(*reading.Value*100) / 100)
	reading.Numerator, reading.Denominator = r.rounded(numerator), r.rounded(denominator)
	return reading, ""
}

func (r Rules) mean(reading catalogue.Reading, basis float64) (catalogue.Reading, string) {
	if basis < r.Denominator {
		return reading, "small_denominator"
	}
	reading.Value = new(math.Round(*reading.Value*10) / 10)
	return reading, ""
}
