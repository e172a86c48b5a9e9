package evaluate

import (
	"context"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/definition/query"
	"childrens-services-exporter/exporter/source"
	"childrens-services-exporter/exporter/unavailable"
)

// Result is the result of one cohort for many periods, or the reason why there is none.
type Result struct {
	Cohort  *definition.Cohort
	Periods []calendar.Period
	// Result is nil where the cohort is unavailable.
	Result *query.Result
	// Problem and Reason are why it is unavailable.
	Problem string
	Reason  unavailable.Reason
}

// Results evaluates the cohorts of a source for the periods that are listed for each,
// one statement a cohort; a cohort without periods is left out. All are of one
// reading: one that gives way to a refresh is made again, and the two do not mix.
func Results(ctx context.Context, src *source.Source, options source.ReadOptions, periods func(*definition.Cohort) []calendar.Period) ([]Result, error) {
	var results []Result
	err := src.Read(ctx, options, func(ctx context.Context, session *source.Session) error {
		results = nil
		for _, plan := range session.Plans {
			cohortPeriods := periods(plan.Cohort)
			if len(cohortPeriods) == 0 {
				continue
			}
			result, err := session.Evaluate(ctx, plan, cohortPeriods)
			failure, err := reasonOf(ctx, session, err)
			if err != nil {
				return err
			}
			results = append(results, Result{plan.Cohort, cohortPeriods, result, failure.Message, failure.Reason})
		}
		return nil
	})
	return results, err
}

// RecordsRequest selects the rows behind a number.
type RecordsRequest struct {
	Indicator *definition.Indicator
	Period    calendar.Period
	// Team limits the rows to one team; empty is all.
	Team string
}

// Records lists the rows behind a number, for an authorised analyst at a terminal.
func Records(ctx context.Context, src *source.Source, options source.ReadOptions, request RecordsRequest) (source.Records, error) {
	var records source.Records
	err := src.Read(ctx, options, func(ctx context.Context, session *source.Session) (err error) {
		records, err = session.Records(ctx, src.Catalogue, request.Indicator, request.Period, request.Team)
		return err
	})
	return records, err
}
