package disclosure

import (
	"slices"
	"time"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
)

// Apply gives what may be shown of a cohort: its windows as they stood when the last
// period closed, and its closed periods.
//
// What one period hides, the others would give away, taken from a longer one: so a
// longer window stands back where periods inside it are hidden. Whether it does
// depends on which periods are hidden and on nothing else, since a rule that looked
// at the numbers would tell of them.
func (r Policy) Apply(live []definition.Observation, closed []definition.PeriodObservation) (published []definition.Observation, publishedPeriods []definition.PeriodObservation, suppressed, suppressedPeriods []Suppressed) {
	published, suppressed = r.Publish(live)
	publishedPeriods, suppressedPeriods = r.PublishPeriods(closed)
	var afterSecondary []definition.Observation
	for _, window := range published {
		contained := r.containedIn(window, live, closed)
		switch {
		case contained.suppressed == 0:
		case window.Indicator.Public == definition.PublicRatio:
			// A whole per cent fits groups of any size, its parts are counts.
			window.Numerator, window.Denominator = nil, nil
		case contained.published > 0 || !nonOverlapping(window):
			suppressed = append(suppressed, Suppressed{window.Indicator, string(window.Period.Kind), SmallCount})
			continue
		}
		afterSecondary = append(afterSecondary, window)
	}
	publishedPeriods = slices.DeleteFunc(publishedPeriods, func(one definition.PeriodObservation) bool {
		return !calendar.WithinHorizon(one.Period.Kind, one.Offset)
	})
	return afterSecondary, publishedPeriods, suppressed, suppressedPeriods
}

// containedPeriods are the periods inside a longer window.
type containedPeriods struct{ published, suppressed int }

// containedIn looks for the periods of the same indicator that lie inside a window of a
// flow and are shorter. Each of them was shown, or hidden, when it was the last that
// had closed, and whoever kept the page has it still.
func (r Policy) containedIn(window definition.Observation, live []definition.Observation, closed []definition.PeriodObservation) containedPeriods {
	var contained containedPeriods
	if window.Indicator.Cohort.Snapshot() {
		return contained
	}
	seen := map[[2]time.Time]bool{}
	countPeriod := func(part definition.Observation) {
		span := [2]time.Time{part.Period.Starts, part.Period.Ends}
		inside := !part.Period.Starts.Before(window.Period.Starts) && !part.Period.Ends.After(window.Period.Ends)
		same := part.Period.Starts.Equal(window.Period.Starts) && part.Period.Ends.Equal(window.Period.Ends)
		if part.Indicator != window.Indicator || !inside || same || seen[span] {
			return
		}
		seen[span] = true
		switch shown, held := r.Publish([]definition.Observation{part}); {
		case len(held) > 0:
			contained.suppressed++
		case len(shown) > 0 && part.Rows > 0:
			contained.published++ // a true zero takes nothing away
		}
	}
	for _, part := range live {
		countPeriod(part)
	}
	for _, part := range closed {
		countPeriod(part.Observation)
	}
	return contained
}

// nonOverlapping reports whether a window shares no day with the one before it or with a window of another kind of year.
// Two overlapping windows differ by a few quarters only, and their difference would disclose those. Of several kinds of
// year the first in the order of the report kinds is published.
func nonOverlapping(window definition.Observation) bool {
	if window.Period.Kind == calendar.Rolling12Months {
		return false
	}
	var years []calendar.Kind
	for _, report := range calendar.ReportKinds() {
		if report.PerYear == 1 {
			years = append(years, report.Kind)
		}
	}
	index := slices.Index(years, window.Period.Kind)
	return index < 0 || !slices.ContainsFunc(years[:index], func(year calendar.Kind) bool {
		return slices.Contains(window.Indicator.Cohort.Windows, year)
	})
}
