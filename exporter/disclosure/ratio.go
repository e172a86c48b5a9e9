package disclosure

import (
	"math"

	"childrens-services-exporter/exporter/definition"
)

// publishRatio shows a ratio to a whole per cent, or a mean to one decimal. Where one
// part is hidden all are, since the rest would give it away.
func (r Policy) publishRatio(observation definition.Observation) (published definition.Observation, allowed bool) {
	measure := observation.Indicator.Measure
	switch {
	case measure.Kind == definition.Mean:
		return coarsen(observation), observation.Rows >= r.MinDenominator
	case measure.Numerator.Sum || measure.Denominator.Sum:
		return r.publishSums(observation)
	}
	numerator, denominator := *observation.Numerator, *observation.Denominator
	if !r.isSafeRatio(numerator, denominator) {
		return observation, false
	}
	observation.Value = new(roundToPercent(numerator, denominator))
	return r.roundParts(observation, r.isAmbiguous(numerator, denominator)), true
}

// isSafeRatio reports whether a ratio of two counts tells of nobody: neither part of
// the group is small, and a small group is not all alike.
func (r Policy) isSafeRatio(numerator, denominator float64) bool {
	unanimous := numerator == 0 || numerator == denominator
	return numerator >= 0 && numerator <= denominator && denominator >= r.MinDenominator &&
		!r.isUnderThreshold(numerator) && !r.isUnderThreshold(denominator-numerator) && (!unanimous || denominator >= r.MinUnanimous)
}

// publishSums shows a quotient of sums. How many people a sum rests on is not known,
// so that the smaller part stands for them.
func (r Policy) publishSums(observation definition.Observation) (published definition.Observation, allowed bool) {
	if min(*observation.Numerator, *observation.Denominator) < r.MinDenominator {
		return observation, false
	}
	return r.roundParts(coarsen(observation), true), true
}

// roundParts gives numerator and denominator with a ratio, rounded, or neither.
func (r Policy) roundParts(observation definition.Observation, ambiguous bool) definition.Observation {
	numerator, denominator := *observation.Numerator, *observation.Denominator
	if !ambiguous || r.isUnsafe(numerator) || r.isUnsafe(denominator) {
		observation.Numerator, observation.Denominator = nil, nil
		return observation
	}
	observation.Numerator, observation.Denominator = new(r.round(numerator)), new(r.round(denominator))
	return observation
}

// minCandidateSpread is how far apart the numbers must lie that a published one may stand for.
// The difference of two such numbers is then never surely between 1 and 5.
const minCandidateSpread = 3

// isAmbiguous reports whether the whole per cent leaves the rounded parts vague. In a
// group of thirty it often fits one numerator and one denominator only, and the
// difference of two exact numbers can be one child.
func (r Policy) isAmbiguous(numerator, denominator float64) bool {
	percent := roundToPercent(numerator, denominator)
	half := r.RoundingBase / 2
	var lowest, highest [3]float64
	hasCandidate := false
	for d := math.Ceil(r.round(denominator) - half); d <= r.round(denominator)+half; d++ {
		for n := math.Ceil(r.round(numerator) - half); n <= r.round(numerator)+half; n++ {
			consistent := r.round(d) == r.round(denominator) && r.round(n) == r.round(numerator) && roundToPercent(n, d) == percent
			if !consistent || !r.isSafeRatio(n, d) {
				continue
			}
			for i, part := range [3]float64{n, d, d - n} {
				if !hasCandidate {
					lowest[i], highest[i] = part, part
				}
				lowest[i], highest[i] = min(lowest[i], part), max(highest[i], part)
			}
			hasCandidate = true
		}
	}
	for i := range lowest {
		// A true zero is shown as one.
		if highest[i]-lowest[i] < minCandidateSpread && (lowest[i] != 0 || highest[i] != 0) {
			return false
		}
	}
	return true
}

func roundToPercent(numerator, denominator float64) float64 {
	return math.Round(numerator/denominator*100) / 100
}

// coarsen keeps of an amount what a committee's paper shows: a whole per cent, a
// tenth of a day, or one decimal. From a mean to the second anyone could work
// out how many cases it rests on.
func coarsen(observation definition.Observation) definition.Observation {
	const tenthOfDay = 8640
	value := *observation.Value
	switch observation.Indicator.Unit {
	case "ratio":
		value = math.Round(value*100) / 100
	case "seconds":
		value = math.Round(value/tenthOfDay) * tenthOfDay
	default:
		value = math.Round(value*10) / 10
	}
	observation.Value = &value
	return observation
}
