package disclosure

import (
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/rag"
)

// PublishSeries gives the closed periods of indicators on the allow-list in the
// form they may be shown in, and the indicators of which it held something back.
//
// A flow of which one period must be hidden is not shown by period at all: its
// year is published too, and what the others leave of it is the hidden one. A
// state on a day adds up to nothing, so that its days stand alone.
func (r Policy) PublishSeries(readings []rag.PeriodObservation) ([]rag.PeriodObservation, []Suppressed) {
	var shown []rag.PeriodObservation
	held := map[*definition.Indicator]Suppressed{}
	var order []*definition.Indicator
	for _, one := range readings {
		safe, hidden := r.Publish([]definition.Observation{one.Observation})
		for _, reading := range safe {
			shown = append(shown, rag.PeriodObservation{ReportPeriod: one.ReportPeriod, Observation: reading})
		}
		for _, suppressed := range hidden {
			if _, known := held[suppressed.Indicator]; !known {
				order = append(order, suppressed.Indicator)
			}
			suppressed.Window = string(one.Period.Kind)
			held[suppressed.Indicator] = suppressed
		}
	}
	var kept []rag.PeriodObservation
	for _, one := range shown {
		indicator := one.Observation.Indicator
		if _, hidden := held[indicator]; !hidden || indicator.Cohort.Snapshot() {
			kept = append(kept, one)
		}
	}
	all := make([]Suppressed, len(order))
	for i, indicator := range order {
		all[i] = held[indicator]
	}
	return kept, all
}
