package disclosure

import (
	"slices"
	"time"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
)

// Apply decides what is published of a cohort: its windows as they stood when the last period closed, and its closed
// report periods. Report periods of another kind than the first are not published; a reader may know them from earlier
// pages.
//
// First come primary suppression and differences within a period, then differences between periods.
func (r Policy) Apply(live []definition.Observation, closed []definition.PeriodObservation) (published []definition.Observation, publishedPeriods []definition.PeriodObservation, suppressed, suppressedPeriods []Suppressed) {
	cells := r.newTable()
	windows := make([]*cell, len(live))
	for i, observation := range live {
		windows[i] = cells.add(observation)
	}
	for _, period := range closed {
		cells.add(period.Observation)
	}
	cells.suppressDifferences()
	cells.suppressLongerWindows(windows)
	cells.suppressDifferences()
	for _, window := range windows {
		switch {
		case window == nil:
		case window.suppressed:
			suppressed = append(suppressed, window.reason())
		default:
			published = append(published, window.rounded)
		}
	}
	for _, period := range closed {
		if period.Period.Kind == closed[0].Period.Kind {
			publishedPeriods = append(publishedPeriods, period)
		}
	}
	publishedPeriods, suppressedPeriods = cells.publishPeriods(publishedPeriods)
	publishedPeriods = slices.DeleteFunc(publishedPeriods, func(period definition.PeriodObservation) bool {
		return !calendar.WithinHorizon(period.Period.Kind, period.Offset)
	})
	return published, publishedPeriods, suppressed, suppressedPeriods
}

// PublishPeriods applies primary suppression and rounding to the closed report periods of indicators, and secondary
// suppression among them. It gives what is published, and one suppressed value for each indicator with any.
func (r Policy) PublishPeriods(observations []definition.PeriodObservation) ([]definition.PeriodObservation, []Suppressed) {
	cells := r.newTable()
	for _, period := range observations {
		cells.add(period.Observation)
	}
	cells.suppressDifferences()
	return cells.publishPeriods(observations)
}

// publishPeriods gives the report periods that are published, and one suppressed value for each indicator with any.
//
// A flow with a suppressed period is not published by period at all: its year is published too, and the year less the
// other periods is the suppressed one. Snapshots do not add up to anything, so that one suppressed day leaves the others.
func (t *table) publishPeriods(periods []definition.PeriodObservation) (published []definition.PeriodObservation, suppressed []Suppressed) {
	hasSuppressed := map[*definition.Indicator]bool{}
	for _, period := range periods {
		indicator := period.Observation.Indicator
		if decided := t.find(period.Observation); decided != nil && decided.suppressed && !hasSuppressed[indicator] {
			hasSuppressed[indicator] = true
			reason := decided.reason()
			reason.Window = string(period.Period.Kind)
			suppressed = append(suppressed, reason)
		}
	}
	for _, period := range periods {
		decided := t.find(period.Observation)
		if decided == nil || decided.suppressed || hasSuppressed[decided.exact.Indicator] && !decided.exact.Indicator.Cohort.Snapshot() {
			continue
		}
		published = append(published, definition.PeriodObservation{ReportPeriod: period.ReportPeriod, Observation: decided.rounded})
	}
	return published, suppressed
}

func (t *table) find(observation definition.Observation) *cell {
	return t.byKey[cellKey{observation.Indicator, observation.Period.Key()}]
}

// suppressLongerWindows suppresses the windows of flows from which a suppressed period inside them could be recovered.
//
// A count of which some periods are published and others suppressed is suppressed too. With every period suppressed it
// stays, unless another window overlaps it; so does a ratio over any suppressed period, without its parts and to the
// nearest five per cent. The decision depends on nothing but which periods are suppressed: a
// rule that looked at the numbers would disclose something of them.
func (t *table) suppressLongerWindows(windows []*cell) {
	type decision struct {
		window    *cell
		contained containedPeriods
	}
	var decisions []decision
	for _, window := range windows {
		if window != nil && !window.suppressed {
			decisions = append(decisions, decision{window, t.containedIn(window)})
		}
	}
	// Only after all windows were looked at: one that is suppressed here contains no suppressed period of its own.
	for _, each := range decisions {
		switch window := each.window; {
		case each.contained.suppressed == 0:
		case window.exact.Indicator.Public == definition.PublicRatio:
			// To the nearest five per cent a year says little of one quarter. Twelve months to each quarter's end say more:
			// two that follow differ by two quarters. A year of 0 or 100 % says the same of every period inside it.
			window.withholdParts()
			if window.exact.Numerator != nil && window.exact.Indicator.Unit == "ratio" {
				window.rounded.Value = new(roundToStep(*window.exact.Value, fivePercent))
			}
			window.suppressed = window.isUnanimous() || !nonOverlapping(window.exact)
		case each.contained.published > 0 || !nonOverlapping(window.exact):
			window.suppressed = true
		}
	}
}

// containedPeriods counts the periods inside a longer window.
type containedPeriods struct{ published, suppressed int }

// containedIn counts the shorter periods of the same indicator that lie inside a window of a flow. Each was published or
// suppressed when it was the last closed one, and a reader may still have the page of that day.
func (t *table) containedIn(window *cell) containedPeriods {
	var contained containedPeriods
	outer := window.exact.Period
	if window.exact.Indicator.Cohort.Snapshot() {
		return contained
	}
	seen := map[[2]time.Time]bool{}
	for _, each := range t.cells {
		inner := each.exact.Period
		days := [2]time.Time{inner.Starts, inner.Ends}
		inside := !inner.Starts.Before(outer.Starts) && !inner.Ends.After(outer.Ends)
		same := inner.Starts.Equal(outer.Starts) && inner.Ends.Equal(outer.Ends)
		if each.exact.Indicator != window.exact.Indicator || !inside || same || seen[days] {
			continue
		}
		seen[days] = true
		switch {
		case each.suppressed:
			contained.suppressed++
		case !each.isEmpty():
			contained.published++ // a 0 takes nothing away from the window
		}
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
