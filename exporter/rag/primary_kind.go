package rag

import (
	"slices"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
)

// PrimaryKind is the kind of report period by which each indicator is rated: of the kinds in which it has a value, the
// first in the order of [calendar.ReportKinds].
func PrimaryKind(observations []definition.PeriodObservation) map[*definition.Indicator]calendar.Kind {
	primary := map[*definition.Indicator]calendar.Kind{}
	for _, report := range calendar.ReportKinds() {
		for _, observation := range observations {
			if indicator := observation.Observation.Indicator; observation.Period.Kind == report.Kind && primary[indicator] == "" {
				primary[indicator] = report.Kind
			}
		}
	}
	return primary
}

// TrimForScrape drops the statuses, numerators and denominators of period ratings that no dashboard and no alert reads.
// Values all stay. A status is left for the primary kind only, the numerator and the denominator only for the two
// periods of that kind that are compared: the last that closed and the same one a year before.
func TrimForScrape(ratings []PeriodRating, primary map[*definition.Indicator]calendar.Kind) []PeriodRating {
	trimmed := slices.Clone(ratings)
	for i := range trimmed {
		rating := &trimmed[i]
		isPrimary := rating.Period.Kind == primary[rating.Observation.Indicator]
		if !isPrimary {
			rating.Status = nil
		}
		if !isPrimary || !rating.IsComparison() {
			rating.Observation.Numerator, rating.Observation.Denominator = nil, nil
		}
	}
	return trimmed
}
