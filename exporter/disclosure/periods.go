package disclosure

import (
	"childrens-services-exporter/exporter/definition"
)

// PublishPeriods gives the closed periods of indicators on the allow-list in the
// form they may be shown in, and the indicators of which it held something back.
//
// A flow of which one period must be hidden is not shown by period at all: its
// year is published too, and what the others leave of it is the hidden one. A
// state on a day adds up to nothing, so that its days stand alone.
func (r Policy) PublishPeriods(observations []definition.PeriodObservation) ([]definition.PeriodObservation, []Suppressed) {
	var afterPrimary []definition.PeriodObservation
	byIndicator := map[*definition.Indicator]Suppressed{}
	var order []*definition.Indicator
	for _, one := range observations {
		rounded, primary := r.Publish([]definition.Observation{one.Observation})
		for _, reading := range rounded {
			afterPrimary = append(afterPrimary, definition.PeriodObservation{ReportPeriod: one.ReportPeriod, Observation: reading})
		}
		for _, suppressed := range primary {
			if _, known := byIndicator[suppressed.Indicator]; !known {
				order = append(order, suppressed.Indicator)
			}
			suppressed.Window = string(one.Period.Kind)
			byIndicator[suppressed.Indicator] = suppressed
		}
	}
	var published []definition.PeriodObservation
	for _, one := range afterPrimary {
		indicator := one.Observation.Indicator
		if _, primary := byIndicator[indicator]; !primary || indicator.Cohort.Snapshot() {
			published = append(published, one)
		}
	}
	all := make([]Suppressed, len(order))
	for i, indicator := range order {
		all[i] = byIndicator[indicator]
	}
	return published, all
}
