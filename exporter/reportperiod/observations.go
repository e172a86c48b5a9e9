package reportperiod

import (
	"time"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/definition/query"
)

// Observations pairs the result of a query with the report periods that it was made for. A period without a value is
// left out, and so is each before the first in which the cohort has a row: before the first row the data are missing,
// not 0.
func Observations(result *query.Result, periods []calendar.ReportPeriod) []definition.PeriodObservation {
	first, ok := firstDataDate(result, periods)
	if !ok {
		return nil
	}
	var observations []definition.PeriodObservation
	for _, period := range periods {
		if period.Period.Ends.Before(first) {
			continue
		}
		for _, observation := range result.Totals(period.Query) {
			if observation.Value != nil && (period.Period.Kind != Meeting || period.Query.Kind == observation.Indicator.Headline) {
				observations = append(observations, definition.PeriodObservation{ReportPeriod: period, Observation: observation})
			}
		}
	}
	return observations
}

// firstDataDate is the first day of the earliest period that has a row, and false where none has.
func firstDataDate(result *query.Result, periods []calendar.ReportPeriod) (first time.Time, ok bool) {
	for _, period := range periods {
		if result.Rows(period.Query) > 0 && (!ok || period.Query.Starts.Before(first)) {
			first, ok = period.Query.Starts, true
		}
	}
	return first, ok
}
