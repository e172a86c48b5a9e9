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

// publishCount rounds a count, or a rate from the rounded count: with the true rate and a published population anyone
// could calculate the true count.
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
