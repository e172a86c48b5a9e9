package rag

import (
	"slices"
	"time"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
)

// ServedPeriods lists the periods of a cohort that managers are served all day: those of
// Periods, but of the months only the last and the same one of last year. Single
// months mislead, so that no screen shows a row of them, and each would cost every
// indicator a series.
func ServedPeriods(cal *calendar.Calendar, cohort *definition.Cohort, today time.Time) []ReportPeriod {
	return slices.DeleteFunc(ReportPeriods(cal, cohort, today), func(one ReportPeriod) bool {
		return one.Period.Kind == calendar.Month && !one.compared()
	})
}

// compared reports whether a period is the last that closed or the same one a
// year before, which are set side by side.
func (r ReportPeriod) compared() bool {
	return r.Offset == 1 || r.Offset == 1+backOf(r.Period.Kind).year
}

// PrimaryKind is the kind of period that each indicator is judged by: of those in
// which it has a value, the first of quarter, term, academic, calendar and
// financial year, month.
func PrimaryKind(observations []PeriodObservation) map[*definition.Indicator]calendar.Kind {
	primary := map[*definition.Indicator]calendar.Kind{}
	for _, known := range reportedBack() {
		for _, observation := range observations {
			if indicator := observation.Observation.Indicator; observation.Period.Kind == known.kind && primary[indicator] == "" {
				primary[indicator] = known.kind
			}
		}
	}
	return primary
}

// TrimForScrape leaves beside the values of an indicator's periods what is read of them:
// how each stood, for the kind of period that it is judged by, and of that kind
// the numerator and the denominator of the two periods that are compared, the last
// that closed and the same one a year before. Elsewhere they become unknown.
func TrimForScrape(ratings []PeriodRating, primary map[*definition.Indicator]calendar.Kind) []PeriodRating {
	trimmed := slices.Clone(ratings)
	for i := range trimmed {
		rating := &trimmed[i]
		isPrimary := rating.Period.Kind == primary[rating.Observation.Indicator]
		if !isPrimary {
			rating.Status = nil
		}
		if !isPrimary || !rating.compared() {
			rating.Observation.Numerator, rating.Observation.Denominator = nil, nil
		}
	}
	return trimmed
}
