package report

import (
	"context"
	"errors"
	"fmt"
	"time"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/counciltables"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/postgres"
	"childrens-services-exporter/exporter/rag"
	"childrens-services-exporter/exporter/reportperiod"
	"childrens-services-exporter/exporter/source"
	"childrens-services-exporter/exporter/staging"
	"childrens-services-exporter/exporter/unavailable"
)

// SourceFigures are what a source gave for a report.
type SourceFigures struct {
	Source string
	// Newest is the date of the latest event in the data.
	Newest time.Time
	// Targets are those of the council's own table, nil where they are not known.
	Targets *counciltables.TargetTable
	// CouncilTables is what the council's tables say of its numbers.
	CouncilTables counciltables.CommentaryTables
	// Problem says why the source could not be read at all.
	Problem string
	// Observations are those of every period shown, the latest first for each indicator.
	Observations []definition.PeriodObservation
	// Revisions are the periods of which the value as first reported is kept.
	Revisions []rag.Revision
	// Answered is how many cohorts answered, with a value or without.
	Answered int
	// LeftOut says, by cohort, why it has no readings, and Failed how many of them
	// are not only without a table.
	LeftOut map[string]string
	Failed  int
}

// Read reads a source for a report. One bad cohort does not keep the others out.
func Read(ctx context.Context, src *source.Source, look source.ReadOptions, request Request) (SourceFigures, error) {
	var figures SourceFigures
	err := src.Read(ctx, look, func(ctx context.Context, reading *source.Session) error {
		// A reading that gave way to a refresh is made again.
		figures = SourceFigures{Source: src.Name, Targets: reading.Targets, CouncilTables: reading.CouncilTables, LeftOut: map[string]string{}}
		for _, table := range reading.Tables {
			if table.Newest.After(figures.Newest) {
				figures.Newest = table.Newest
			}
		}
		for _, plan := range reading.Plans {
			if err := figures.add(ctx, src.Calendar, reading, plan, request); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return SourceFigures{Source: src.Name}, fmt.Errorf("%s: %w", src.Name, err)
	}
	return figures, nil
}

func (f *SourceFigures) add(ctx context.Context, cal *calendar.Calendar, reading *source.Session, plan *staging.Plan, request Request) error {
	shown := reportperiod.Until(cal, plan.Cohort, request.Period, request.Today)
	if len(shown) == 0 {
		return nil
	}
	answer, err := reading.EvaluateTotals(ctx, plan, calendar.QueryPeriods(shown))
	var refusal *unavailable.Error
	switch {
	case err == nil:
		f.Answered++
		f.Observations = append(f.Observations, reportperiod.Observations(answer, shown)...)
		return nil
	case ctx.Err() != nil, reading.Err() != nil, unavailable.IsRetryable(err):
		return err
	case errors.As(err, &refusal) && refusal.Reason == unavailable.Missing:
		// The council has no such table.
	default:
		f.Failed++
	}
	f.LeftOut[plan.Cohort.Name] = postgres.Describe(err)
	return nil
}

// ApplyTargets lets the targets of the council's own table hold, and gives its rows that
// cannot be used.
func (f *SourceFigures) ApplyTargets(targets rag.Targets, definitions *definition.Catalogue) []config.Issue {
	if f.Targets == nil {
		return nil
	}
	usable, rejected := targets.ReadTable(f.Source, *f.Targets, definitions)
	targets.Replace(f.Source, usable)
	return rejected
}

// Compare sets beside each closed period what was kept of it, after keeping what
// this report is the first to tell: the last closed period of each indicator, if
// the data reach its end.
func (f *SourceFigures) Compare(kept *rag.FirstReportedStore, request Request) error {
	var firsts []rag.FirstReported
	for _, one := range f.latest() {
		if !one.Period.Ends.After(f.Newest) && one.Period.Ends.Before(request.Today) {
			firsts = append(firsts, rag.NewFirstReported(one, request.Now, rag.ByReport))
		}
	}
	err := kept.Save(firsts, request.Now)
	for _, one := range f.Observations {
		indicator := one.Observation.Indicator
		if first, known := kept.Find(indicator.Name, indicator.Version, string(one.Period.Kind), one.Period.Label); known && one.Offset > 0 {
			f.Revisions = append(f.Revisions, rag.Revision{PeriodObservation: one, FirstReported: first})
		}
	}
	return err
}

// latest are the readings of the last closed period of each cohort.
func (f *SourceFigures) latest() []definition.PeriodObservation {
	var latest []definition.PeriodObservation
	for _, one := range f.Observations {
		if one.Offset == 1 {
			latest = append(latest, one)
		}
	}
	return latest
}
