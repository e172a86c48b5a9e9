package collector

import (
	"context"
	"slices"
	"time"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/postgres"
	"childrens-services-exporter/exporter/rag"
	"childrens-services-exporter/exporter/reportperiod"
	"childrens-services-exporter/exporter/source"
	"childrens-services-exporter/exporter/staging"
)

// PeriodState is what is known of the periods of a cohort's scorecard.
type PeriodState struct {
	// Observations are those of the open and the closed periods, worked out anew each
	// time so that what was recorded late is in them.
	Observations []definition.PeriodObservation
	// Meeting holds the indicators as they stood at the last meeting.
	Meeting []MeetingObservation
	// Revisions are the closed periods of which the value as first reported is kept.
	Revisions []rag.Revision
	// Succeeded is when they were read; zero if they never were.
	Succeeded time.Time
	Attempted time.Time
	Duration  time.Duration
	// Problem says why the last attempt gave nothing.
	Problem string
}

// due reports whether the periods are to be worked out again. Twenty periods cost
// more than one day, and a closed quarter changes with late records only; but at
// midnight the open period becomes another.
func (s PeriodState) due(now time.Time, every time.Duration) bool {
	if s.Problem != "" {
		every /= 4
	}
	return s.Attempted.IsZero() || now.Sub(s.Attempted) >= every || now.Before(s.Attempted) ||
		!calendar.Today(now).Equal(calendar.Today(s.Attempted))
}

// scorecards works out the periods of every cohort for which they are due, after
// all live values: whatever becomes of them, those are read. Only an error that
// spoils the whole transaction is returned.
func (c *Collector) scorecards(ctx context.Context, reading *source.Session, cohorts []CohortState, today time.Time) error {
	now := c.options.Now()
	for i, plan := range reading.Plans {
		if cohorts[i].Problem != "" || !cohorts[i].Periods.due(now, c.options.PeriodInterval) {
			continue
		}
		after, err := c.periods(ctx, reading, plan, cohorts[i].Periods, today)
		if err != nil {
			return err
		}
		cohorts[i].Periods = after
	}
	return nil
}

func (c *Collector) periods(ctx context.Context, reading *source.Session, plan *staging.Plan, before PeriodState, today time.Time) (PeriodState, error) {
	began, attempted := time.Now(), c.options.Now()
	periods := reportperiod.Served(c.source.Calendar, plan.Cohort, today)
	if meeting, met := reportperiod.LastMeeting(c.options.Meetings, today); met {
		periods = append(periods, reportperiod.AtMeeting(c.source.Calendar, plan.Cohort, meeting)...)
	}
	readings, err := c.series(ctx, reading, plan, periods)
	if err == nil {
		state := PeriodState{Succeeded: attempted, Attempted: attempted, Duration: time.Since(began)}
		for _, one := range readings {
			if one.Period.Kind == reportperiod.Meeting {
				state.Meeting = append(state.Meeting, c.atMeeting(one))
			} else {
				state.Observations = append(state.Observations, one)
			}
		}
		return state, nil
	}
	if ctx.Err() != nil || reading.Err() != nil {
		return before, err
	}
	after := before
	after.Problem, after.Attempted = postgres.Describe(err), attempted
	if before.Problem != after.Problem {
		c.options.Log.Warn("the periods of a scorecard are unavailable; the last ones stay until they expire",
			"source", c.source.Name, "cohort", plan.Cohort.Name, "why", after.Problem)
	}
	return after, nil
}

func (c *Collector) series(ctx context.Context, reading *source.Session, plan *staging.Plan, periods []calendar.ReportPeriod) ([]definition.PeriodObservation, error) {
	if len(periods) == 0 {
		return nil, nil
	}
	answer, err := reading.EvaluateTotals(ctx, plan, calendar.QueryPeriods(periods))
	if err != nil {
		return nil, err
	}
	return reportperiod.Observations(answer, periods), nil
}

// publicSeries are the closed periods of one kind that are open to the public.
// Months, quarters and years of one indicator are never shown side by side: a
// hidden month is what remains of its quarter. With them come the months back to the
// beginning of the year that is shown, for disclosure to see whether one is hidden.
func (c *Collector) publicSeries(cohort *definition.Cohort, today time.Time) []calendar.ReportPeriod {
	closed := PublicPeriod(c.source.Calendar, c.options.PublicPeriod, today, c.options.PublicDelay)
	byKind := map[calendar.Kind][]calendar.ReportPeriod{}
	for _, one := range reportperiod.All(c.source.Calendar, cohort, closed.Ends.AddDate(0, 0, 1)) {
		if one.Offset > 0 {
			byKind[one.Period.Kind] = append(byKind[one.Period.Kind], one)
		}
	}
	series := byKind[c.options.PublicPeriod]
	if series == nil {
		return byKind[calendar.Term]
	}
	const monthsOfTwoYears = 24
	if c.options.PublicPeriod == calendar.Month && !cohort.Snapshot() && slices.Contains(cohort.Windows, calendar.Month) {
		for back := len(series) + 1; back <= monthsOfTwoYears; back++ {
			shown, err := c.source.Calendar.ReportPeriod(calendar.Month, closed.Ends.AddDate(0, 0, 1), back)
			if err != nil {
				panic(err) // a month follows another
			}
			series = append(series, calendar.ReportPeriod{Period: shown, Offset: back, Query: shown})
		}
	}
	return series
}
