package disclosure

import (
	"math"

	"childrens-services-exporter/exporter/calendar"
)

// suppressDifferences suppresses cells from which a reader could calculate a group that nobody publishes: the difference of
// two groups of the same rows and period. The relations come from the definitions, so that they hold for a council's own
// indicators too. Of two values the one that is defined first is published. It repeats until nothing changes, since one
// suppressed value can need another.
func (t *table) suppressDifferences() {
	byPeriod := map[calendar.Key][]*cell{}
	for _, each := range t.cells {
		key := each.exact.Period.Key()
		byPeriod[key] = append(byPeriod[key], each)
	}
	for _, cells := range byPeriod {
		for changed := true; changed; {
			changed = false
			for i, first := range cells {
				for _, second := range cells[i+1:] {
					if first.exact.Indicator.Cohort == second.exact.Indicator.Cohort {
						changed = t.policy.suppressOneOf(first, second) || changed
					}
				}
			}
		}
	}
}

// suppressOneOf compares two cells of one cohort and period, and reports whether it suppressed anything.
func (r Policy) suppressOneOf(first, second *cell) bool {
	switch {
	case first.isRatioOfCounts() && second.isRatioOfCounts():
		return r.compareRatios(first, second)
	case first.isCountOfRows() && second.isCountOfRows():
		return r.compareCounts(first, second)
	case first.isRatioOfCounts() && second.isCountOfRows():
		return r.compareRatioAndCount(first, second)
	case first.isCountOfRows() && second.isRatioOfCounts():
		return r.compareRatioAndCount(second, first)
	}
	return false
}

// hasSmall reports whether a number, or what is missing to it, is a count from 1 to the threshold.
func (r Policy) hasSmall(numbers ...float64) bool {
	for _, number := range numbers {
		if r.isUnderThreshold(math.Abs(number)) {
			return true
		}
	}
	return false
}

// compareRatios compares two shares of one group, such as those in work and those out of work, which leave a rest, or one
// and a part of it, which leave the other part. Which of them it is cannot be read from every definition, so that neither
// may be small. Two shares with one condition among groups of which one includes the other leave the rows between them.
func (r Policy) compareRatios(first, second *cell) bool {
	if first.suppressed || second.suppressed {
		return false
	}
	n, d, otherN, otherD := *first.exact.Numerator, *first.exact.Denominator, *second.exact.Numerator, *second.exact.Denominator
	one, other := denominatorGroup(first.exact.Indicator), denominatorGroup(second.exact.Indicator)
	switch {
	case one.equal(other):
		second.suppressed = r.hasSmall(n-otherN, d-n-otherN)
	case one.includes(other) || other.includes(one):
		if newGroup(first.exact.Indicator.Measure.Numerator.SQL).equal(newGroup(second.exact.Indicator.Measure.Numerator.SQL)) {
			second.suppressed = r.hasSmall(d-otherD, n-otherN, (d-n)-(otherD-otherN))
		} else if r.hasSmall(d - otherD) {
			first.withholdParts()
			second.withholdParts()
		}
	}
	return second.suppressed
}

// compareCounts compares two counts of which one includes the other: the rest must not be small. Two that count the same
// rows, such as a number and its rate, are suppressed together.
func (r Policy) compareCounts(first, second *cell) bool {
	one, other := countedGroup(first.exact.Indicator), countedGroup(second.exact.Indicator)
	if one.equal(other) {
		changed := first.suppressed != second.suppressed
		first.suppressed = first.suppressed || second.suppressed
		second.suppressed = first.suppressed
		return changed
	}
	if first.suppressed || second.suppressed || !r.hasSmall(first.exact.Rows-second.exact.Rows) {
		return false
	}
	switch {
	case one.includes(other):
		second.suppressed = true
	case other.includes(one):
		first.suppressed = true
	default:
		return false
	}
	return true
}

// compareRatioAndCount compares a share with a count of rows of its group. A count that is the numerator or the rest of a
// suppressed share is suppressed: nobody overdue means that all were seen. The denominator of a share is not published
// beside a count that includes it by a few.
func (r Policy) compareRatioAndCount(ratio, count *cell) bool {
	counted, among := countedGroup(count.exact.Indicator), denominatorGroup(ratio.exact.Indicator)
	if counted.includes(among) && r.hasSmall(count.exact.Rows-*ratio.exact.Denominator) {
		ratio.withholdParts()
	}
	isPart := count.exact.Rows == *ratio.exact.Numerator || count.exact.Rows == *ratio.exact.Denominator-*ratio.exact.Numerator
	if !ratio.suppressed || count.suppressed || !among.includes(counted) || among.equal(counted) || !isPart {
		return false
	}
	count.suppressed = true
	return true
}
