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
func PrimaryKind(readings []PeriodObservation) map[*definition.Indicator]calendar.Kind {
	by := map[*definition.Indicator]calendar.Kind{}
	for _, known := range reportedBack() {
		for _, one := range readings {
			if indicator := one.Observation.Indicator; one.Period.Kind == known.kind && by[indicator] == "" {
				by[indicator] = known.kind
			}
		}
	}
	return by
}

// TrimForScrape leaves beside the values of an indicator's periods what is read of them:
// how each stood, for the kind of period that it is judged by, and of that kind
// the numerator and the denominator of the two periods that are compared, the last
// that closed and the same one a year before. Elsewhere they become unknown.
func TrimForScrape(judged []PeriodRating, judgedBy map[*definition.Indicator]calendar.Kind) []PeriodRating {
	brief := slices.Clone(judged)
	for i := range brief {
		one := &brief[i]
		by := one.Period.Kind == judgedBy[one.Observation.Indicator]
		if !by {
			one.Status = nil
		}
		if !by || !one.compared() {
			one.Observation.Numerator, one.Observation.Denominator = nil, nil
		}
	}
	return brief
}
