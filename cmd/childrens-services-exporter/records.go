package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"slices"
	"time"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/evaluate"
)

// runRecords lists the rows behind a number as CSV, for an authorised analyst.
func runRecords(ctx context.Context, p *program, arguments []string) error {
	set := p.flags("records")
	asOf := set.String("as-of", "", "the day the data are seen from; today if it is not given")
	window := set.String("window", "", "the window, as in quarter; the indicator's headline if it is not given")
	team := set.String("team", "", "one team's rows only, as the label team names it")
	operands, err := p.parse(set, arguments)
	if err != nil {
		return err
	}
	if len(operands) != 1 {
		return usageError{fmt.Errorf("records needs one indicator, as in: records childrens_cp_visits_overdue -team North")}
	}
	day, err := dayFlag("as-of", *asOf, calendar.Today(time.Now()))
	if err != nil {
		return err
	}
	opened, err := p.open()
	if err != nil {
		return err
	}
	defer opened.close()
	indicator, err := opened.catalogue.Indicator(operands[0])
	if err != nil {
		return usageError{err}
	}
	byTeam := func(column definition.Column) bool { return column.Name == "team" }
	if *team != "" && !slices.ContainsFunc(indicator.Cohort.Columns, byTeam) {
		return usageError{fmt.Errorf("-team: %s knows no teams; leave it out", indicator.Name)}
	}
	kind := indicator.Headline
	if *window != "" {
		kind = calendar.Kind(*window)
	}
	if !slices.Contains(indicator.Cohort.Windows, kind) {
		return usageError{fmt.Errorf("-window: %s is given for %v", indicator.Name, indicator.Cohort.Windows)}
	}
	src, err := opened.source(indicator.Cohort.Source)
	if err != nil {
		return err
	}
	records, err := evaluate.Records(ctx, src, readOptions(p.config, day), evaluate.RecordsRequest{
		Indicator: indicator, Period: indicator.Cohort.Period(opened.calendar, kind, day), Team: *team,
	})
	if err != nil {
		return errors.New(readError(src.Name, err))
	}
	out := csv.NewWriter(p.stdout)
	if err := out.Write(records.Columns); err != nil {
		return err
	}
	return out.WriteAll(records.Rows)
}
