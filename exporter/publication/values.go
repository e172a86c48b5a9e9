package publication

import (
	"childrens-services-exporter/exporter/definition"
)

// Values are what one cohort publishes for a period: exact values, which disclosure
// control has not seen yet. They stay as they were first evaluated until the next
// period opens.
type Values struct {
	// Period is the label of the period that was open, empty before the first.
	Period string
	// Observations are those of the windows as they stood when the period closed.
	Observations []definition.Observation
	// Series are the closed periods up to it; nil where they were not evaluated yet.
	Series []definition.PeriodObservation
}

// Complete reports whether a period has its values.
func (v Values) Complete(period string) bool { return v.Period == period && v.Series != nil }
