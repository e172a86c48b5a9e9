package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/evaluate"
	"childrens-services-exporter/exporter/report"
	"childrens-services-exporter/exporter/store"
	"childrens-services-exporter/exporter/unavailable"
)

// runReport writes the committee's report on a period as one page and as CSV.
func runReport(ctx context.Context, p *program, arguments []string) error {
	set := p.flags("report")
	label := set.String("period", "", "the quarter, as in \"2026-27 Q2\", the financial year 2026-27 or the month 2026-09")
	public := set.Bool("public", false, "write what anyone may read, after disclosure control")
	directory := set.String("dir", ".", "the folder in which the files are written")
	asOf := set.String("as-of", "", "see the data from this day instead of today; nothing is kept as first reported")
	operands, err := p.parse(set, arguments)
	if err != nil || len(operands) > 0 {
		return errors.Join(err, unexpected("report", operands))
	}
	now := time.Now()
	today, err := dayFlag("as-of", *asOf, calendar.Today(now))
	if err != nil {
		return err
	}
	log, err := p.logger()
	if err != nil {
		return err
	}
	opened, err := p.open()
	if err != nil {
		return err
	}
	defer opened.close()
	request := report.Request{Today: today, Now: now, Public: *public}
	if request.Period, err = p.reportPeriod(opened, *label, request); err != nil {
		return err
	}
	if about, err := os.Stat(*directory); err != nil || !about.IsDir() {
		return usageError{fmt.Errorf("-dir: %s is not a folder", *directory)}
	}
	opened.logIssues(log)
	at := moment{func() time.Time { return request.Now }, opened.state, log}
	if *asOf != "" {
		at.state = store.Open("")
	}
	snapshots, errs := evaluate.All(ctx, p.evaluators(opened, at), request.Evaluation(readOptions(p.config, today), opened.targets))
	if ctx.Err() != nil {
		return ctx.Err()
	}
	failed := reportErrors(snapshots, errs)
	if !slices.Contains(errs, nil) {
		return sourcesFailed(failed)
	}
	builder := report.Builder{
		Settings: opened.settings, Catalogue: opened.catalogue, Calendar: opened.calendar, RAG: p.ragPolicy(opened),
		Benchmarks: opened.benchmarks, Disclosure: disclosurePolicy(p.config), Recorded: at.state.Persistent(),
	}
	if folder := p.commentary(opened, log); folder != nil {
		builder.Commentary = folder.Collection()
	}
	page, err := builder.Build(request, snapshots)
	switch {
	case errors.Is(err, report.ErrNoData):
		return usageError{fmt.Errorf("-period %s lies before the data begin; give a later one", request.Period.Label)}
	case err != nil:
		return err
	}
	return errors.Join(p.writeBoth(page, *directory, request), sourcesFailed(failed))
}

// reportErrors lists each source that could not be read in whole or in part. The report is written without it, with a
// note.
func reportErrors(snapshots []*evaluate.Snapshot, errs []error) []string {
	var failed []string
	for i, snapshot := range snapshots {
		if errs[i] != nil {
			failed = append(failed, readError(snapshot.Source, errs[i]))
			continue
		}
		cohorts := 0
		for _, cohort := range snapshot.Cohorts {
			// A missing table is one that the council does not have.
			if cohort.Periods.Problem != "" && cohort.Periods.Reason != unavailable.Missing {
				cohorts++
			}
		}
		if cohorts > 0 {
			failed = append(failed, fmt.Sprintf("%s: %d cohorts could not be read and are left out; the report says which", snapshot.Source, cohorts))
		}
	}
	return failed
}

// reportPeriod parses the label of the report's period, and refuses a period that cannot be reported on.
func (p *program) reportPeriod(opened *app, label string, request report.Request) (calendar.Period, error) {
	period, err := opened.calendar.ParseLabel(label)
	public := calendar.Kind(p.config.PublicPeriod)
	switch {
	case err != nil || period.Kind == calendar.CalendarYear:
		return period, usageError{fmt.Errorf("-period: write a quarter as \"2026-27 Q2\", a financial year as 2026-27 or a month as 2026-09")}
	case period.Starts.After(request.Today):
		return period, usageError{fmt.Errorf("-period %s has not begun", period.Label)}
	case request.Public && period.Kind != public:
		return period, usageError{fmt.Errorf("-public: the public is shown each %s and nothing between (CSE_PUBLIC_PERIOD); give one", public)}
	case request.Public && period.Ends.After(p.schedule().OpenPeriod(opened.calendar, request.Today).Ends):
		return period, usageError{fmt.Errorf("-public: %s opens to the public %d working days after it ends (CSE_PUBLIC_DELAY)", period.Label, p.config.PublicDelay)}
	}
	return period, nil
}

// writeBoth writes page and table, each atomically.
func (p *program) writeBoth(page *report.Report, directory string, request report.Request) error {
	name := "report-" + strings.ReplaceAll(request.Period.Label, " ", "-")
	if request.Public {
		name += "-public"
	}
	for _, output := range []struct {
		ending string
		write  func(io.Writer) error
	}{{".html", page.WriteHTML}, {".csv", page.WriteCSV}} {
		file := filepath.Join(directory, name+output.ending)
		var text bytes.Buffer
		if err := output.write(&text); err != nil {
			return err
		}
		// Managers' numbers may be small: only the owner may read the files.
		if _, err := store.WriteFile(file, text.Bytes()); err != nil {
			return usageError{fmt.Errorf("%s cannot be written; check -dir and its rights", file)}
		}
		p.print("%s\n", file)
	}
	return nil
}
