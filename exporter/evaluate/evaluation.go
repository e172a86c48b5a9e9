package evaluate

import (
	"context"
	"errors"
	"fmt"
	"time"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/postgres"
	"childrens-services-exporter/exporter/reportperiod"
	"childrens-services-exporter/exporter/source"
	"childrens-services-exporter/exporter/staging"
	"childrens-services-exporter/exporter/unavailable"
)

// evaluation is one reading of a source, from an open session to the cohorts of a
// snapshot, by name.
type evaluation struct {
	*Evaluator
	request Request
	session *source.Session
	cohorts map[string]CohortSnapshot
	// open is the period that is open to the public.
	open calendar.Period
}

func (e *Evaluator) begin(request Request, previous *Snapshot, session *source.Session) *evaluation {
	return &evaluation{
		Evaluator: e, request: request, session: session, cohorts: previous.byName(),
		open: e.options.Schedule.OpenPeriod(e.source.Calendar, request.Read.AsOf),
	}
}

// run evaluates every cohort: first the live values of all, then the report periods,
// so that whatever becomes of those, the live values are read. Only an error that
// aborts the whole transaction is returned.
func (e *evaluation) run(ctx context.Context) error {
	for _, plan := range e.session.Plans {
		if err := e.live(ctx, plan); err != nil {
			return err
		}
	}
	for _, plan := range e.session.Plans {
		if err := e.periods(ctx, plan); err != nil {
			return err
		}
	}
	return nil
}

// live evaluates a cohort's windows as of today, and with them the values that open
// to the public, so that all are of one moment.
func (e *evaluation) live(ctx context.Context, plan *staging.Plan) error {
	if !e.request.Live && !e.request.Availability {
		return nil
	}
	before := e.cohorts[plan.Cohort.Name]
	after, err := e.evaluateLive(ctx, plan, before)
	failure, err := reasonOf(ctx, e.session, err)
	if err != nil {
		return err
	}
	after.Problem, after.Reason, after.Withdrawn = failure.Message, failure.Reason, plan.Withdrawn
	if after.Problem == "" {
		after.Succeeded = e.options.Now()
	}
	if after.Reason == unavailable.Unmapped || after.Reason == unavailable.Missing && !plan.TableMissing {
		// A missing column and an unknown code are permanent, so the old values go. A
		// missing table may only be about to be created again, so they stay.
		after.Live, after.Series = nil, 0
	}
	e.cohorts[plan.Cohort.Name] = after
	return nil
}

func (e *evaluation) evaluateLive(ctx context.Context, plan *staging.Plan, before CohortSnapshot) (CohortSnapshot, error) {
	after := before
	windows := e.windows(plan.Cohort)
	if e.request.Availability {
		_, err := e.session.Evaluate(ctx, plan, windows[:1])
		return after, err
	}
	publish := e.request.Published && !before.Published.Complete(e.open.Label)
	var published []calendar.Period
	if publish {
		published = e.options.Schedule.Windows(e.source.Calendar, plan.Cohort, e.open)
	}
	began := time.Now()
	result, err := e.session.Evaluate(ctx, plan, append(windows, published...))
	if err != nil {
		return after, err
	}
	if publish {
		series, err := e.totals(ctx, plan, e.options.Schedule.ReportPeriods(e.source.Calendar, plan.Cohort, e.open))
		if err != nil {
			return after, err
		}
		after.Published.Series = append([]definition.PeriodObservation{}, series...)
	}
	after.Duration = time.Since(began)
	samples := 0
	var observations []definition.Observation
	for _, window := range windows {
		for _, observation := range result.Observations(window) {
			samples += len(observation.Samples())
			observations = append(observations, observation)
		}
		after.Rows = result.Rows(window)
	}
	if samples > e.options.MaxSeries {
		after.Published = before.Published
		return after, &unavailable.Error{Reason: unavailable.TooManySeries, Message: fmt.Sprintf("it has %d samples, more than the %d allowed; raise CSE_MAX_SERIES or drop a breakdown", samples, e.options.MaxSeries)}
	}
	after.Live, after.Series = observations, samples
	if publish && before.Published.Period != e.open.Label {
		after.Published.Period, after.Published.Observations = e.open.Label, nil
		for _, window := range published {
			after.Published.Observations = append(after.Published.Observations, result.Observations(window)...)
		}
	}
	return after, nil
}

// windows are a cohort's windows as seen today.
func (e *evaluation) windows(cohort *definition.Cohort) []calendar.Period {
	periods := make([]calendar.Period, len(cohort.Windows))
	for i, kind := range cohort.Windows {
		periods[i] = cohort.Period(e.source.Calendar, kind, e.request.Read.AsOf)
	}
	return periods
}

// periods evaluates the report periods of a cohort that are requested and due.
func (e *evaluation) periods(ctx context.Context, plan *staging.Plan) error {
	cohort, attempted := e.cohorts[plan.Cohort.Name], e.options.Now()
	due := e.duePeriods(cohort, attempted)
	if len(due) == 0 {
		return nil
	}
	began := time.Now()
	values, err := e.totals(ctx, plan, due)
	failure, err := reasonOf(ctx, e.session, err)
	if err != nil {
		return err
	}
	if failure.Message != "" {
		cohort.Periods.Attempted, cohort.Periods.Problem, cohort.Periods.Reason = attempted, failure.Message, failure.Reason
	} else {
		cohort.Periods = newPeriodSnapshot(values)
		cohort.Periods.Succeeded, cohort.Periods.Attempted, cohort.Periods.Duration = attempted, attempted, time.Since(began)
	}
	e.cohorts[plan.Cohort.Name] = cohort
	return nil
}

func (e *evaluation) duePeriods(cohort CohortSnapshot, now time.Time) []calendar.ReportPeriod {
	request, cal, today := e.request.Periods, e.source.Calendar, e.request.Read.AsOf
	switch {
	case request.Report.Label != "":
		return reportperiod.Until(cal, cohort.Cohort, request.Report, today)
	case !request.Served || cohort.Problem != "" || !cohort.Periods.isDue(now, request.Interval):
		return nil
	}
	periods := reportperiod.Served(cal, cohort.Cohort, today)
	if meeting, met := reportperiod.LastMeeting(e.options.Meetings, today); met {
		periods = append(periods, reportperiod.AtMeeting(cal, cohort.Cohort, meeting)...)
	}
	return periods
}

func newPeriodSnapshot(values []definition.PeriodObservation) PeriodSnapshot {
	var periods PeriodSnapshot
	for _, value := range values {
		if value.Period.Kind != reportperiod.Meeting {
			periods.Observations = append(periods.Observations, value)
			continue
		}
		periods.Meeting = append(periods.Meeting, MeetingObservation{
			Indicator: value.Observation.Indicator, Meeting: value.Period.Label, Value: *value.Observation.Value, observation: value,
		})
	}
	return periods
}

// totals evaluates a cohort for report periods, without its breakdowns.
func (e *evaluation) totals(ctx context.Context, plan *staging.Plan, periods []calendar.ReportPeriod) ([]definition.PeriodObservation, error) {
	if len(periods) == 0 {
		return nil, nil
	}
	result, err := e.session.EvaluateTotals(ctx, plan, calendar.QueryPeriods(periods))
	if err != nil {
		return nil, err
	}
	return reportperiod.Observations(result, periods), nil
}

// reasonOf separates a cohort's own failure, which keeps its last values, from an
// error that aborts the whole reading, which is returned.
func reasonOf(ctx context.Context, session *source.Session, err error) (unavailable.Error, error) {
	switch {
	case err == nil:
		return unavailable.Error{}, nil
	case ctx.Err() != nil, session.Err() != nil, unavailable.IsRetryable(err):
		return unavailable.Error{}, err
	}
	if own, ok := errors.AsType[*unavailable.Error](err); ok {
		return *own, nil
	}
	return unavailable.Error{Reason: unavailable.Failed, Message: postgres.Describe(err)}, nil
}
