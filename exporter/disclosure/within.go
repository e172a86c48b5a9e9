package disclosure

import (
	"slices"
	"time"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/rag"
)

// Apply gives what may be shown of a cohort: its windows as they stood when the last
// period closed, and its closed periods.
//
// What one period hides, the others would give away, taken from a longer one: so a
// longer window stands back where periods inside it are hidden. Whether it does
// depends on which periods are hidden and on nothing else, since a rule that looked
// at the numbers would tell of them.
func (r Policy) Apply(live []definition.Observation, closed []rag.PeriodObservation) (shown []definition.Observation, series []rag.PeriodObservation, held, heldSeries []Suppressed) {
	shown, held = r.Publish(live)
	series, heldSeries = r.PublishSeries(closed)
	var kept []definition.Observation
	for _, reading := range shown {
		parts := r.inside(reading, live, closed)
		switch {
		case parts.hidden == 0:
		case reading.Indicator.Public == definition.PublicRatio:
			// A whole per cent fits groups of any size, its parts are counts.
			reading.Numerator, reading.Denominator = nil, nil
		case parts.shown > 0 || !disjoint(reading):
			held = append(held, Suppressed{reading.Indicator, string(reading.Period.Kind), SmallCount})
			continue
		}
		kept = append(kept, reading)
	}
	series = slices.DeleteFunc(series, func(one rag.PeriodObservation) bool { return !rag.WithinHorizon(one.Period.Kind, one.Offset) })
	return kept, series, held, heldSeries
}

// parts are the periods inside a longer window.
type parts struct{ shown, hidden int }

// inside looks for the periods of the same indicator that lie inside a window of a
// flow and are shorter. Each of them was shown, or hidden, when it was the last that
// had closed, and whoever kept the page has it still.
func (r Policy) inside(window definition.Observation, live []definition.Observation, closed []rag.PeriodObservation) parts {
	var found parts
	if window.Indicator.Cohort.Snapshot() {
		return found
	}
	counted := map[[2]time.Time]bool{}
	count := func(part definition.Observation) {
		span := [2]time.Time{part.Period.Starts, part.Period.Ends}
		within := !part.Period.Starts.Before(window.Period.Starts) && !part.Period.Ends.After(window.Period.Ends)
		same := part.Period.Starts.Equal(window.Period.Starts) && part.Period.Ends.Equal(window.Period.Ends)
		if part.Indicator != window.Indicator || !within || same || counted[span] {
			return
		}
		counted[span] = true
		switch shown, held := r.Publish([]definition.Observation{part}); {
		case len(held) > 0:
			found.hidden++
		case len(shown) > 0 && part.Rows > 0:
			found.shown++ // a true zero takes nothing away
		}
	}
	for _, part := range live {
		count(part)
	}
	for _, part := range closed {
		count(part.Observation)
	}
	return found
}

// disjoint reports whether a window shares no day with the one before it or with
// another kind of year. Two that overlap differ by two quarters only.
func disjoint(reading definition.Observation) bool {
	years := []calendar.Kind{calendar.FinancialYear, calendar.AcademicYear, calendar.CalendarYear}
	kind := reading.Period.Kind
	if kind == calendar.Rolling12Months {
		return false
	}
	at := slices.Index(years, kind)
	return at < 0 || !slices.ContainsFunc(years[:at], func(other calendar.Kind) bool {
		return slices.Contains(reading.Indicator.Cohort.Windows, other)
	})
}
