package report

import (
	"context"
	"errors"
	"fmt"
	"time"

	"childrens-services-exporter/exporter/catalogue"
	"childrens-services-exporter/exporter/period"
	"childrens-services-exporter/exporter/scorecard"
	"childrens-services-exporter/exporter/warehouse"
)

// Figures are what a source gave for a report.
type Figures struct {
	Source string
	// Newest is the date of the latest event in the data.
	Newest time.Time
	// Targets are those of the council's own table, nil where they are not known.
	Targets *warehouse.TargetTable
	// Said is what the council's tables say of its numbers.
	Said warehouse.Said
	// Problem says why the source could not be read at all.
	Problem string
	// Readings are those of every period shown, the latest first for each indicator.
	Readings []scorecard.PeriodReading
	// Revisions are the periods of which the value as first reported is kept.
	Revisions []scorecard.Revision
	// Answered is how many cohorts answered, with a value or without.
	Answered int
	// LeftOut says, by cohort, why it has no readings, and Failed how many of them
	// are not only without a table.
	LeftOut map[string]string
	Failed  int
}

// Read reads a source for a report. One bad cohort does not keep the others out.
func Read(ctx context.Context, source *warehouse.Source, look warehouse.Look, request Request, populations catalogue.Populations) (Figures, error) {
	var figures Figures
	err := source.ReadSettled(ctx, look, func(ctx context.Context, reading *warehouse.Reading) error {
		// A reading that gave way to a refresh is made again.
		figures = Figures{Source: source.Name, Targets: reading.Targets, Said: reading.Said, LeftOut: map[string]string{}}
		for _, table := range reading.Tables {
			if table.Newest.After(figures.Newest) {
				figures.Newest = table.Newest
			}
		}
		for _, plan := range reading.Plans {
			if err := figures.add(ctx, source.Calendar, reading, plan, request, populations); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return Figures{Source: source.Name}, fmt.Errorf("%s: %w", source.Name, err)
	}
	return figures, nil
}

func (f *Figures) add(ctx context.Context, calendar *period.Calendar, reading *warehouse.Reading, plan *warehouse.Plan, request Request, populations catalogue.Populations) error {
	shown := scorecard.Through(calendar, plan.Cohort, request.Period, request.Today)
	if len(shown) == 0 {
		return nil
	}
	answer, err := reading.EvaluateTotals(ctx, plan, scorecard.Asked(shown))
	var refusal *warehouse.Refusal
	switch {
	case err == nil:
		f.Answered++
		f.Readings = append(f.Readings, scorecard.Fill(answer, shown, populations)...)
		return nil
	case ctx.Err() != nil, reading.Spoilt() != nil, warehouse.Settling(err):
		return err
	case errors.As(err, &refusal) && refusal.Reason == "missing":
		// The council has no such table.
	default:
		f.Failed++
	}
	f.LeftOut[plan.Cohort.Name] = warehouse.Reason(err)
	return nil
}

// Hold lets the targets of the council's own table hold, and gives its rows that
// cannot be used.
func (f *Figures) Hold(targets scorecard.Targets, definitions *catalogue.Catalogue) []scorecard.Rejected {
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
func (f *Figures) Compare(kept *scorecard.Kept, request Request) error {
	var firsts []scorecard.First
	for _, one := range f.latest() {
		if !one.Shown.Ends.After(f.Newest) && one.Shown.Ends.Before(request.Today) {
			firsts = append(firsts, scorecard.NewFirst(one, request.Now, scorecard.ByReport))
		}
	}
	err := kept.Keep(firsts, request.Now)
	for _, one := range f.Readings {
		indicator := one.Reading.Indicator
		if first, known := kept.Find(indicator.Name, indicator.Version, string(one.Shown.Kind), one.Shown.Label); known && one.Back > 0 {
			f.Revisions = append(f.Revisions, scorecard.Revision{PeriodReading: one, First: first})
		}
	}
	return err
}

// latest are the readings of the last closed period of each cohort.
func (f *Figures) latest() []scorecard.PeriodReading {
	var latest []scorecard.PeriodReading
	for _, one := range f.Readings {
		if one.Back == 1 {
			latest = append(latest, one)
		}
	}
	return latest
}
