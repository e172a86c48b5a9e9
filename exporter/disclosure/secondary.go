package disclosure

import (
	"slices"
	"time"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
)

// Apply decides what is published of a cohort: its windows as they stood when the last period closed, and its closed
// report periods.
//
// A longer window of which some periods are published and others suppressed is suppressed too, or the others could be
// recovered by differencing; of a ratio it is enough to withhold numerator and denominator. A window with every period
// suppressed stays, unless another window overlaps it. The decision depends on nothing but which periods are suppressed:
// a rule that looked at the numbers would disclose something of them.
func (r Policy) Apply(live []definition.Observation, closed []definition.PeriodObservation) (published []definition.Observation, publishedPeriods []definition.PeriodObservation, suppressed, suppressedPeriods []Suppressed) {
	published, suppressed = r.Publish(live)
	publishedPeriods, suppressedPeriods = r.PublishPeriods(closed)
	var afterSecondary []definition.Observation
	for _, window := range published {
		contained := r.containedIn(window, live, closed)
		switch {
		case contained.suppressed == 0:
		case window.Indicator.Public == definition.PublicRatio:
			// A whole per cent is consistent with groups of any size; its parts are counts and can be differenced.
			window.Numerator, window.Denominator = nil, nil
		case contained.published > 0 || !nonOverlapping(window):
			suppressed = append(suppressed, Suppressed{window.Indicator, string(window.Period.Kind), SmallCount})
			continue
		}
		afterSecondary = append(afterSecondary, window)
	}
	publishedPeriods = slices.DeleteFunc(publishedPeriods, func(period definition.PeriodObservation) bool {
		return !calendar.WithinHorizon(period.Period.Kind, period.Offset)
	})
	return afterSecondary, publishedPeriods, suppressed, suppressedPeriods
}

// PublishPeriods applies primary suppression and rounding to the closed report periods of indicators, and secondary
// suppression among them. It gives what is published, and one suppressed value for each indicator with any.
//
// A flow with a suppressed period is not published by period at all: its year is published too, and the year less the
// other periods is the suppressed one. Snapshots do not add up to anything, so that one suppressed day leaves the others.
func (r Policy) PublishPeriods(observations []definition.PeriodObservation) ([]definition.PeriodObservation, []Suppressed) {
	var afterPrimary []definition.PeriodObservation
	byIndicator := map[*definition.Indicator]Suppressed{}
	var order []*definition.Indicator
	for _, period := range observations {
		rounded, primary := r.Publish([]definition.Observation{period.Observation})
		for _, observation := range rounded {
			afterPrimary = append(afterPrimary, definition.PeriodObservation{ReportPeriod: period.ReportPeriod, Observation: observation})
		}
		for _, suppressed := range primary {
			if _, ok := byIndicator[suppressed.Indicator]; !ok {
				order = append(order, suppressed.Indicator)
			}
			suppressed.Window = string(period.Period.Kind)
			byIndicator[suppressed.Indicator] = suppressed
		}
	}
	var published []definition.PeriodObservation
	for _, period := range afterPrimary {
		indicator := period.Observation.Indicator
		if _, ok := byIndicator[indicator]; !ok || indicator.Cohort.Snapshot() {
			published = append(published, period)
		}
	}
	all := make([]Suppressed, len(order))
	for i, indicator := range order {
		all[i] = byIndicator[indicator]
	}
	return published, all
}

// containedPeriods counts the periods inside a longer window.
type containedPeriods struct{ published, suppressed int }

// containedIn counts the shorter periods of the same indicator that lie inside a window of a flow. Each was published or
// suppressed when it was the last closed one, and a reader may still have the page of that day.
func (r Policy) containedIn(window definition.Observation, live []definition.Observation, closed []definition.PeriodObservation) containedPeriods {
	var contained containedPeriods
	if window.Indicator.Cohort.Snapshot() {
		return contained
	}
	seen := map[[2]time.Time]bool{}
	countPeriod := func(part definition.Observation) {
		days := [2]time.Time{part.Period.Starts, part.Period.Ends}
		inside := !part.Period.Starts.Before(window.Period.Starts) && !part.Period.Ends.After(window.Period.Ends)
		same := part.Period.Starts.Equal(window.Period.Starts) && part.Period.Ends.Equal(window.Period.Ends)
		if part.Indicator != window.Indicator || !inside || same || seen[days] {
			return
		}
		seen[days] = true
		switch published, suppressed := r.Publish([]definition.Observation{part}); {
		case len(suppressed) > 0:
			contained.suppressed++
		case len(published) > 0 && part.Rows > 0:
			contained.published++ // a 0 takes nothing away from the window
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
