package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/collector"
	councilconfig "childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/postgres"
	"childrens-services-exporter/exporter/rag"
	"childrens-services-exporter/exporter/report"
	"childrens-services-exporter/exporter/store"
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
	if request.Period, err = p.reportedPeriod(opened, *label, request); err != nil {
		return err
	}
	if about, err := os.Stat(*directory); err != nil || !about.IsDir() {
		return usageError{fmt.Errorf("-dir: %s is not a folder", *directory)}
	}
	opened.tellRejected(log)
	state := p.config.StateDir
	if *asOf != "" {
		state = ""
	}
	figures, since, failed := p.readForReport(ctx, opened, request, state, log)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if len(failed) == len(opened.sources) {
		return sourcesFailed(failed)
	}
	made := report.Builder{
		Settings: opened.settings, Catalogue: opened.catalogue, Calendar: opened.calendar, RAG: p.judging(opened),
		Benchmarks: opened.benchmarks, Disclosure: disclosurePolicy(p.config),
	}
	if folder := p.commentary(opened, log); folder != nil {
		made.Commentary = folder.Collection()
	}
	for _, one := range figures {
		said := opened.remarks().ReadTables(one.Source, one.CouncilTables)
		councilconfig.LogNew(log, said.Issues, nil, "source", one.Source)
		made.Commentary = made.Commentary.Merge(said)
	}
	page, err := made.Build(request, figures)
	switch {
	case errors.Is(err, report.ErrNoData):
		return usageError{fmt.Errorf("-period %s lies before the data begin; give a later one", request.Period.Label)}
	case err != nil:
		return err
	}
	page.KeptSince(since, state != "")
	return errors.Join(p.writeBoth(page, *directory, request), sourcesFailed(failed))
}

// reportedPeriod reads the period that is wanted, and refuses one that cannot be
// reported on.
func (p *program) reportedPeriod(opened *council, label string, request report.Request) (calendar.Period, error) {
	wanted, err := opened.calendar.ParseLabel(label)
	public := calendar.Kind(p.config.PublicPeriod)
	switch {
	case err != nil || wanted.Kind == calendar.CalendarYear:
		return wanted, usageError{fmt.Errorf("-period: write a quarter as \"2026-27 Q2\", a financial year as 2026-27 or a month as 2026-09")}
	case wanted.Starts.After(request.Today):
		return wanted, usageError{fmt.Errorf("-period %s has not begun", wanted.Label)}
	case request.Public && wanted.Kind != public:
		return wanted, usageError{fmt.Errorf("-public: the public is shown each %s and nothing between (CSE_PUBLIC_PERIOD); give one", public)}
	case request.Public && wanted.Ends.After(collector.PublicPeriod(opened.calendar, public, request.Today, p.config.PublicDelay).Ends):
		return wanted, usageError{fmt.Errorf("-public: %s opens to the public %d working days after it ends (CSE_PUBLIC_DELAY)", wanted.Label, p.config.PublicDelay)}
	}
	return wanted, nil
}

// readForReport reads every source, and tells since when first reported values
// are kept and which sources failed. One that fails leaves its half out, and the
// report says so.
func (p *program) readForReport(ctx context.Context, opened *council, request report.Request, state string, log *slog.Logger) (all []report.SourceFigures, since time.Time, failed []string) {
	for _, src := range opened.sources {
		figures, err := report.Read(ctx, src, readOptions(p.config, request.Today), request)
		if err != nil {
			figures.Problem = postgres.Describe(err)
			failed = append(failed, unread(src.Name, err))
			all = append(all, figures)
			continue
		}
		councilconfig.LogNew(log, figures.ApplyTargets(opened.targets, opened.catalogue), nil, "source", src.Name)
		if figures.Failed > 0 {
			for cohort, why := range figures.LeftOut {
				log.Warn("left out of the report", "cohort", cohort, "why", why)
			}
			failed = append(failed, fmt.Sprintf("%s: %d cohorts could not be read and are left out; the report says which", src.Name, figures.Failed))
		}
		if request.Public {
			figures.Observations, err = collector.ReplayPublished(state, src, request.Period.Label, figures.Observations)
		} else {
			kept := rag.OpenFirstReported(state, src.Name, request.Now)
			err = figures.Compare(kept, request)
			since = kept.Since()
		}
		if err != nil {
			log.Warn("the report may read differently when it is written again", "source", src.Name, "why", err)
		}
		all = append(all, figures)
	}
	return all, since, failed
}

// writeBoth writes page and table, each whole or not at all.
func (p *program) writeBoth(page *report.Report, directory string, request report.Request) error {
	name := "report-" + strings.ReplaceAll(request.Period.Label, " ", "-")
	if request.Public {
		name += "-public"
	}
	for _, one := range []struct {
		ending string
		write  func(io.Writer) error
	}{{".html", page.WriteHTML}, {".csv", page.WriteCSV}} {
		file := filepath.Join(directory, name+one.ending)
		var text bytes.Buffer
		if err := one.write(&text); err != nil {
			return err
		}
		// Managers' numbers may be small: only the owner may read them until they are handed on.
		if _, err := store.Write(file, text.Bytes()); err != nil {
			return usageError{fmt.Errorf("%s cannot be written; check -dir and its rights", file)}
		}
		p.print("%s\n", file)
	}
	return nil
}
