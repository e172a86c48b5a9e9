package disclosure

import (
	"math"

	"childrens-services-exporter/exporter/definition"
)

// Publish applies primary suppression and rounding to observations. It gives the authority totals of indicators on the
// allow-list in the form in which they are published, and the values that it suppressed.
func (r Policy) Publish(observations []definition.Observation) ([]definition.Observation, []Suppressed) {
	var published []definition.Observation
	var suppressed []Suppressed
	for _, observation := range observations {
		switch added := r.newTable().add(observation); {
		case added == nil:
		case added.suppressed:
			suppressed = append(suppressed, added.reason())
		default:
			published = append(published, added.rounded)
		}
	}
	return published, suppressed
}

// isUnderThreshold is the threshold rule: a count from 1 to the threshold may identify somebody.
func (r Policy) isUnderThreshold(count float64) bool { return count > 0 && count <= r.Threshold }

// isUnsafe reports whether a count may not be published, by the threshold rule or because its rounded value is small: a
// 5 that stands for 6 or 7 reads as a count from 1 to 5.
func (r Policy) isUnsafe(count float64) bool {
	return r.isUnderThreshold(count) || count > 0 && r.round(count) <= r.Threshold
}

func (r Policy) round(count float64) float64 {
	return math.Round(count/r.RoundingBase) * r.RoundingBase
}

// publishCount rounds a count or a sum, and calculates a rate anew from the rounded count: with the true rate and a
// published population anyone could calculate the true count.
func (r Policy) publishCount(observation definition.Observation) (published definition.Observation, allowed bool) {
	trueCount := observation.Rows
	if r.isUnsafe(trueCount) || trueCount < 0 {
		return observation, false
	}
	if trueCount == 0 {
		return observation, true
	}
	rounded := r.round(trueCount)
	if observation.Indicator.Measure.Kind != definition.Rate {
		observation.Value, observation.Rows = &rounded, rounded
		return observation, true
	}
	return r.publishRate(observation)
}

// publishRate calculates a rate from the rounded count and rounds it. Scaled by the quotient of the two counts, the last
// bits of the rate would depend on the true one. A denominator that is a sum over the cohort is rounded too.
func (r Policy) publishRate(observation definition.Observation) (published definition.Observation, allowed bool) {
	measure := observation.Indicator.Measure
	rounded := r.round(observation.Rows)
	// The denominator is not part of the observation. It is a number of people, or an estimate to the hundredth.
	denominator := math.Round(observation.Rows*measure.Per / *observation.Value * 100) / 100
	if measure.RateDenominator.Sum {
		if denominator < r.MinDenominator {
			return observation, false
		}
		denominator = r.round(denominator)
	}
	steps := 10.0
	if observation.Indicator.Unit == "ratio" {
		steps = 1000
	}
	observation.Value = new(math.Round(rounded/denominator*measure.Per*steps) / steps)
	observation.Rows = rounded
	return observation, true
}
