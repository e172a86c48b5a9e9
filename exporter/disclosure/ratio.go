package disclosure

import (
	"math"

	"childrens-services-exporter/exporter/definition"
)

// publishRatio rounds a ratio to a whole per cent and a mean to one decimal. Numerator and denominator are published
// together or not at all, since one part and the ratio give the other.
func (r Policy) publishRatio(observation definition.Observation) (published definition.Observation, allowed bool) {
	measure := observation.Indicator.Measure
	switch {
	case measure.Kind == definition.Mean:
		return coarsen(observation), r.isSafeMean(*observation.Value, observation.Rows)
	case measure.Numerator.Sum || measure.Denominator.Sum:
		return r.publishSums(observation)
	}
	numerator, denominator := *observation.Numerator, *observation.Denominator
	if !r.isSafeRatio(numerator, denominator) || !r.hidesDenominator(numerator, denominator) {
		return observation, false
	}
	observation.Value = new(r.roundToPercent(numerator, denominator))
	return r.roundParts(observation, r.isAmbiguous(numerator, denominator)), true
}

// isSafeRatio reports whether a ratio of two counts may be published: the group has the minimum denominator, neither the
// numerator nor the rest of the group is under the threshold, and a group of which the ratio says the same of everybody
// has the minimum for that. A published ratio says that both parts are over the threshold, which with a count rounded to
// the minimum denominator would leave one denominator only; so a denominator is not rounded to it either.
func (r Policy) isSafeRatio(numerator, denominator float64) bool {
	unanimous := numerator == 0 || numerator == denominator
	return numerator >= 0 && numerator <= denominator && denominator >= r.MinDenominator && r.round(denominator) > r.MinDenominator &&
		!r.isUnderThreshold(numerator) && !r.isUnderThreshold(denominator-numerator) && (!unanimous || denominator >= r.MinUnanimous)
}

// minDenominators is the least number of denominators that a ratio fits beside a count that is published rounded.
const minDenominators = 3

// hidesDenominator reports whether a ratio fits several of the denominators that are rounded as its own is.
func (r Policy) hidesDenominator(numerator, denominator float64) bool {
	percent, half, denominators := r.roundToPercent(numerator, denominator), r.RoundingBase/2, 0
	for d := math.Ceil(r.round(denominator) - half); d <= r.round(denominator)+half; d++ {
		for n := math.Floor((percent - 0.03) * d); n <= (percent+0.03)*d+1; n++ {
			if r.round(d) == r.round(denominator) && r.isSafeRatio(n, d) && r.roundToPercent(n, d) == percent {
				denominators++
				break
			}
		}
	}
	return denominators >= minDenominators
}

// isSafeMean reports whether a mean may be published. The mean of a column of 0 and 1 is a share and follows the rule for
// shares, which the numbers themselves show.
func (r Policy) isSafeMean(mean, rows float64) bool {
	if mean < 0 || mean > 1 {
		return rows >= r.MinDenominator
	}
	return r.isSafeRatio(math.Round(mean*rows), rows)
}

// publishSums rounds a quotient of sums. The number of people that a sum rests on is not known, so that the smaller part
// stands for it.
func (r Policy) publishSums(observation definition.Observation) (published definition.Observation, allowed bool) {
	if min(*observation.Numerator, *observation.Denominator) < r.MinDenominator {
		return observation, false
	}
	return r.roundParts(coarsen(observation), true), true
}

// roundParts rounds the numerator and the denominator of a published ratio, or withholds both where they are unsafe or,
// with the ratio, not ambiguous.
func (r Policy) roundParts(observation definition.Observation, ambiguous bool) definition.Observation {
	numerator, denominator := *observation.Numerator, *observation.Denominator
	if !ambiguous || r.isUnsafe(numerator) || r.isUnsafe(denominator) {
		observation.Numerator, observation.Denominator = nil, nil
		return observation
	}
	observation.Numerator, observation.Denominator = new(r.round(numerator)), new(r.round(denominator))
	return observation
}

// minCandidateSpread is the least distance between the smallest and the largest true value that a published part is
// consistent with. The difference of two published parts then never lies between 1 and 5 for certain.
const minCandidateSpread = 3

// isAmbiguous reports whether the whole per cent and the rounded parts together leave the true numerator, denominator and
// rest ambiguous. It tries every candidate: each pair of true values that would be published as these are. In a group of
// thirty there is often one candidate only, and the difference of two exact numbers can be one child.
func (r Policy) isAmbiguous(numerator, denominator float64) bool {
	percent := r.roundToPercent(numerator, denominator)
	half := r.RoundingBase / 2
	var lowest, highest [3]float64
	hasCandidate := false
	for d := math.Ceil(r.round(denominator) - half); d <= r.round(denominator)+half; d++ {
		for n := math.Ceil(r.round(numerator) - half); n <= r.round(numerator)+half; n++ {
			consistent := r.round(d) == r.round(denominator) && r.round(n) == r.round(numerator) && r.roundToPercent(n, d) == percent
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
		// A true 0 is published as 0.
		if highest[i]-lowest[i] < minCandidateSpread && (lowest[i] != 0 || highest[i] != 0) {
			return false
		}
	}
	return true
}

// wholePercents is the rounded denominator from which a ratio is published as a whole per cent. Below it several ratios
// of one group, each to the whole per cent, fit only one number of members.
const wholePercents = 200

// The steps of published ratios, in per cent.
const (
	onePercent  = 1
	fivePercent = 5
)

// roundToPercent rounds a ratio to a whole per cent, and in a smaller group to the nearest five.
func (r Policy) roundToPercent(numerator, denominator float64) float64 {
	if r.round(denominator) >= wholePercents {
		return roundToStep(numerator/denominator, onePercent)
	}
	return roundToStep(numerator/denominator, fivePercent)
}

func roundToStep(ratio, percent float64) float64 {
	return math.Round(ratio*100/percent) * percent / 100
}

// coarsen rounds an amount to what a committee's paper shows: a whole per cent, a tenth of a day, or one decimal. From a
// mean to the second anyone could calculate the number of cases it rests on.
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
