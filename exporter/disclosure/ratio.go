package disclosure

import (
	"math"

	"childrens-services-exporter/exporter/definition"
)

// ratio shows a ratio to a whole per cent, or a mean to one decimal. Where one
// part is hidden all are, since the rest would give it away.
func (r Policy) ratio(reading definition.Observation) (safe definition.Observation, allowed bool) {
	measure := reading.Indicator.Measure
	switch {
	case measure.Kind == definition.Mean:
		return coarse(reading), reading.Rows >= r.MinDenominator
	case measure.Numerator.Sum || measure.Denominator.Sum:
		return r.amounts(reading)
	}
	numerator, denominator := *reading.Numerator, *reading.Denominator
	if !r.showable(numerator, denominator) {
		return reading, false
	}
	reading.Value = new(wholePercent(numerator, denominator))
	return r.parts(reading, r.vague(numerator, denominator)), true
}

// showable reports whether a ratio of two counts tells of nobody: neither part of
// the group is small, and a small group is not all alike.
func (r Policy) showable(numerator, denominator float64) bool {
	unanimous := numerator == 0 || numerator == denominator
	return numerator >= 0 && numerator <= denominator && denominator >= r.MinDenominator &&
		!r.small(numerator) && !r.small(denominator-numerator) && (!unanimous || denominator >= r.MinUnanimous)
}

// amounts shows a quotient of sums. How many people a sum rests on is not known,
// so that the smaller part stands for them.
func (r Policy) amounts(reading definition.Observation) (safe definition.Observation, allowed bool) {
	if min(*reading.Numerator, *reading.Denominator) < r.MinDenominator {
		return reading, false
	}
	return r.parts(coarse(reading), true), true
}

// parts gives numerator and denominator with a ratio, rounded, or neither.
func (r Policy) parts(reading definition.Observation, vague bool) definition.Observation {
	numerator, denominator := *reading.Numerator, *reading.Denominator
	if !vague || r.looksSmall(numerator) || r.looksSmall(denominator) {
		reading.Numerator, reading.Denominator = nil, nil
		return reading
	}
	reading.Numerator, reading.Denominator = new(r.rounded(numerator)), new(r.rounded(denominator))
	return reading
}

// room is how far apart the numbers must lie that a published one may stand for.
// The difference of two such numbers is then never surely between 1 and 5.
const room = 3

// vague reports whether the whole per cent leaves the rounded parts vague. In a
// group of thirty it often fits one numerator and one denominator only, and the
// difference of two exact numbers can be one child.
func (r Policy) vague(numerator, denominator float64) bool {
	percent := wholePercent(numerator, denominator)
	half := r.RoundingBase / 2
	var least, most [3]float64
	found := false
	for d := math.Ceil(r.rounded(denominator) - half); d <= r.rounded(denominator)+half; d++ {
		for n := math.Ceil(r.rounded(numerator) - half); n <= r.rounded(numerator)+half; n++ {
			same := r.rounded(d) == r.rounded(denominator) && r.rounded(n) == r.rounded(numerator) && wholePercent(n, d) == percent
			if !same || !r.showable(n, d) {
				continue
			}
			for i, part := range [3]float64{n, d, d - n} {
				if !found {
					least[i], most[i] = part, part
				}
				least[i], most[i] = min(least[i], part), max(most[i], part)
			}
			found = true
		}
	}
	for i := range least {
		// A true zero is shown as one.
		if most[i]-least[i] < room && (least[i] != 0 || most[i] != 0) {
			return false
		}
	}
	return true
}

func wholePercent(numerator, denominator float64) float64 {
	return math.Round(numerator/denominator*100) / 100
}

// coarse keeps of an amount what a committee's paper shows: a whole per cent, a
// tenth of a day, or one decimal. From a mean to the second anyone could work
// out how many cases it rests on.
func coarse(reading definition.Observation) definition.Observation {
	const tenthOfDay = 8640
	value := *reading.Value
	switch reading.Indicator.Unit {
	case "ratio":
		value = math.Round(value*100) / 100
	case "seconds":
		value = math.Round(value/tenthOfDay) * tenthOfDay
	default:
		value = math.Round(value*10) / 10
	}
	reading.Value = &value
	return reading
}
