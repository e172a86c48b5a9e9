package report

import (
	"context"
	"errors"
	"fmt"
	"time"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/rag"
	"childrens-services-exporter/exporter/source"
)

// Figures are what a source gave for a report.
type Figures struct {
	Source string
	// Newest is the date of the latest event in the data.
	Newest time.Time
	// Targets are those of the council's own table, nil where they are not known.
	Targets *source.TargetTable
	// Said is what the council's tables say of its numbers.
	Said source.Said
	// Problem says why the source could not be read at all.
	Problem string
	// Readings are those of every period shown, the latest first for each indicator.
	Readings []rag.PeriodReading
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
func Read(ctx context.Context, src *source.Source, look source.Look, request Request, populations definition.Populations) (Figures, error) {
	var figures Figures
	err := src.ReadSettled(ctx, look, func(ctx context.Context, reading *source.Reading) error {
		// A reading that gave way to a refresh is made again.
		figures = Figures{Source: src.Name, Targets: reading.Targets, Said: reading.Said, LeftOut: map[string]string{}}
		for _, table := range reading.Tables {
			if table.Newest.After(figures.Newest) {
				figures.Newest = table.Newest
			}
		}
		for _, plan := range reading.Plans {
			if err := figures.add(ctx, src.Calendar, reading, plan, request, populations); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return Figures{Source: src.Name}, fmt.Errorf("%s: %w", src.Name, err)
	}
	return figures, nil
}

func (f *Figures) add(ctx context.Context, cal *calendar.Calendar, reading *source.Reading, plan *source.Plan, request Request, populations definition.Populations) error {
	shown := rag.Through(cal, plan.Cohort, request.Period, request.Today)
	if len(shown) == 0 {
		return nil
	}
	answer, err := reading.EvaluateTotals(ctx, plan, rag.Asked(shown))
	var refusal *source.Refusal
	switch {
	case err == nil:
		f.Answered++
		f.Readings = append(f.Readings, rag.Fill(answer, shown, populations)...)
		return nil
	case ctx.Err() != nil, reading.Spoilt() != nil, source.Settling(err):
		return err
	case errors.As(err, &refusal) && refusal.Reason == "missing":
		// The council has no such table.
	default:
		f.Failed++
	}
	f.LeftOut[plan.Cohort.Name] = source.Reason(err)
	return nil
}

// Hold lets the targets of the council's own table hold, and gives its rows that
// cannot be used.
func (f *Figures) Hold(targets rag.Targets, definitions *definition.Catalogue) []rag.Rejected {
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
func (f *Figures) Compare(kept *rag.Kept, request Request) error {
	var firsts []rag.First
	for _, one := range f.latest() {
		if !one.Shown.Ends.After(f.Newest) && one.Shown.Ends.Before(request.Today) {
			firsts = append(firsts, rag.NewFirst(one, request.Now, rag.ByReport))
		}
	}
	err := kept.Keep(firsts, request.Now)
	for _, one := range f.Readings {
		indicator := one.Reading.Indicator
		if first, known := kept.Find(indicator.Name, indicator.Version, string(one.Shown.Kind), one.Shown.Label); known && one.Back > 0 {
			f.Revisions = append(f.Revisions, rag.Revision{PeriodReading: one, First: first})
		}
	}
	return err
}

// latest are the readings of the last closed period of each cohort.
func (f *Figures) latest() []rag.PeriodReading {
	var latest []rag.PeriodReading
	for _, one := range f.Readings {
		if one.Back == 1 {
			latest = append(latest, one)
		}
	}
	return latest
}
