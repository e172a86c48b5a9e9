package revision

import (
	"fmt"
	"math"
	"strconv"
	"time"

	"childrens-services-exporter/exporter/definition"
)

// Revision is a closed period as it was first reported and as it is now.
type Revision struct {
	definition.PeriodObservation
	FirstReported FirstReported
}

// AsFirstReported is the observation with the value that was first reported.
func (r Revision) AsFirstReported() definition.PeriodObservation {
	first := r.PeriodObservation
	first.Observation.Value, first.Observation.Numerator, first.Observation.Denominator =
		&r.FirstReported.Value, r.FirstReported.Numerator, r.FirstReported.Denominator
	return first
}

// Revised reports whether the value has changed since.
func (r Revision) Revised() bool {
	const epsilon = 1e-9 // ratios are quotients of counts
	return math.Abs(r.FirstReported.Value-*r.Observation.Value) > epsilon
}

// Text is the change as a sentence for a committee.
func (r Revision) Text() string {
	unit := r.Observation.Indicator.Unit
	text := fmt.Sprintf("%s was %s, now %s", r.Period.Label, formatValue(unit, r.FirstReported.Value), formatValue(unit, *r.Observation.Value))
	since := " recorded after " + r.FirstReported.At.In(london()).Format("2 January 2006")
	switch {
	case r.FirstReported.Denominator != nil && r.Observation.Denominator != nil:
		counted, met := *r.Observation.Denominator-*r.FirstReported.Denominator, *r.Observation.Numerator-*r.FirstReported.Numerator
		return text + ": " + change(counted) + " counted and " + change(met) + " of them in the numerator," + since
	case r.Observation.Indicator.Measure.Kind == definition.Count:
		return text + ": " + change(*r.Observation.Value-r.FirstReported.Value) + since
	}
	return text + "," + since
}

func london() *time.Location {
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		return time.UTC
	}
	return zone
}

func change(by float64) string {
	if by < 0 {
		return formatNumber(-by) + " fewer"
	}
	return formatNumber(by) + " more"
}

func formatNumber(n float64) string { return strconv.FormatFloat(math.Round(n*10)/10, 'f', -1, 64) }

func formatValue(unit string, value float64) string {
	const secondsOfDay = 86400
	switch unit {
	case "ratio":
		return formatNumber(value*100) + " %"
	case "seconds":
		return formatNumber(value/secondsOfDay) + " days"
	}
	return formatNumber(value)
}
