package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"strings"
	"time"

	"childrens-services-exporter/exporter/benchmark"
	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/commentary"
	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/postgres"
	"childrens-services-exporter/exporter/rag"
	"childrens-services-exporter/exporter/reportperiod"
	"childrens-services-exporter/exporter/source"
	"childrens-services-exporter/exporter/staging"
	"childrens-services-exporter/exporter/store"
	"childrens-services-exporter/exporter/unavailable"
)

// app is what the commands work on: the definitions, the sources that are configured
// and the state directory.
type app struct {
	settings  config.Settings
	catalogue *definition.Catalogue
	calendar  *calendar.Calendar
	sources   []*source.Source

	benchmarks *benchmark.Table
	targets    rag.Targets
	meetings   []time.Time
	// state is the state directory.
	state *store.Store
	// issues are the entries of the council's own that are left out.
	issues []config.Issue
}

// open checks settings and definitions and prepares the sources. It connects to
// none: a source that is down at the start stops neither the other nor the
// program.
func (p *program) open() (*app, error) {
	opened, err := p.definitions()
	if err != nil {
		return nil, err
	}
	addresses := []struct{ source, address, file string }{
		{"social_care", p.config.SocialCareDatabaseURL, p.config.SocialCareDatabaseURLFile},
		{"education", p.config.EducationDatabaseURL, p.config.EducationDatabaseURLFile},
	}
	for _, database := range addresses {
		if database.address == "" {
			continue
		}
		stagingLayer, err := staging.New(database.source, opened.settings)
		if err != nil {
			opened.close()
			return nil, usageError{err}
		}
		db, err := postgres.Open(addressSetting(database.source), database.address, timeouts(p.config))
		if database.file != "" {
			db, err = postgres.OpenFile(addressSetting(database.source), database.file, timeouts(p.config))
		}
		if err != nil {
			opened.close()
			return nil, usageError{err}
		}
		opened.sources = append(opened.sources, &source.Source{
			Name: database.source, DB: db, Staging: stagingLayer, Settings: opened.settings.Sources[database.source],
			Catalogue: opened.catalogue, Calendar: opened.calendar,
			Guard: source.OpenGuard(opened.state, database.source, guardPolicy(p.config)),
		})
	}
	if len(opened.sources) == 0 {
		return nil, usageError{fmt.Errorf("no database is configured; set CSE_SOCIAL_CARE_DATABASE_URL, CSE_EDUCATION_DATABASE_URL or both")}
	}
	return opened, nil
}

// definitions reads the council's settings and the catalogue.
func (p *program) definitions() (*app, error) {
	opened := &app{state: store.Open(p.config.StateDir)}
	var err error
	if p.config.SettingsFile != "" {
		if opened.settings, err = config.ReadSettings(p.config.SettingsFile); err != nil {
			return nil, usageError{err}
		}
	}
	layers := []fs.FS{definition.Embedded()}
	if p.config.CatalogueDir != "" {
		about, err := os.Stat(p.config.CatalogueDir)
		if err != nil || !about.IsDir() {
			return nil, usageError{fmt.Errorf("CSE_CATALOGUE_DIR: %s is not a folder", p.config.CatalogueDir)}
		}
		layers = append(layers, os.DirFS(p.config.CatalogueDir))
	}
	if opened.catalogue, err = definition.Load(opened.settings, layers...); err != nil {
		return nil, usageError{err}
	}
	if opened.calendar, err = opened.settings.NewCalendar(); err != nil {
		return nil, usageError{err}
	}
	if about, err := os.Stat(p.config.CommentaryDir); p.config.CommentaryDir != "" && (err != nil || !about.IsDir()) {
		return nil, usageError{fmt.Errorf("CSE_COMMENTARY_DIR: %s is not a folder", p.config.CommentaryDir)}
	}
	if err := p.loadBenchmarks(opened); err != nil {
		return nil, err
	}
	var issues []config.Issue
	opened.targets, issues = rag.ReadTargets(opened.settings, opened.catalogue)
	opened.issues = append(opened.issues, issues...)
	opened.meetings, issues = reportperiod.ReadMeetings(opened.settings)
	opened.issues = append(opened.issues, issues...)
	return opened, nil
}

// loadBenchmarks reads the published figures that the council is compared with.
func (p *program) loadBenchmarks(opened *app) error {
	var own fs.FS
	if directory := p.config.BenchmarkDir; directory != "" {
		if about, err := os.Stat(directory); err != nil || !about.IsDir() {
			return usageError{fmt.Errorf("CSE_BENCHMARK_DIR: %s is not a folder", directory)}
		}
		own = os.DirFS(directory)
	}
	var err error
	if opened.benchmarks, opened.issues, err = benchmark.Read(own, p.config.BenchmarkDir); err != nil {
		return err
	}
	if code := opened.settings.Authority.LACode; code != 0 && !opened.benchmarks.IsAuthority(code) {
		opened.issues = append(opened.issues, config.Issue{
			Input:   "benchmarks",
			Message: fmt.Sprintf("%s: la_code %d is no authority's; the council is compared with England alone", opened.settings.AtLACode(), code),
		})
	}
	return nil
}

// commentary opens the folder of the council's commentary; nil without one.
func (p *program) commentary(opened *app, log *slog.Logger) *commentary.Folder {
	if p.config.CommentaryDir == "" {
		return nil
	}
	return commentary.Open(p.config.CommentaryDir, opened.commentaryReader(), log)
}

// commentaryReader reads commentary on the indicators of the definitions.
func (a *app) commentaryReader() commentary.Reader {
	return commentary.Reader{Calendar: a.calendar, Indicator: a.indicator}
}

// indicator finds an indicator by its name or the council's own short name.
func (a *app) indicator(name string) (*definition.Indicator, error) {
	for shortName, reference := range a.settings.References {
		if reference == name {
			return a.catalogue.Indicator(shortName)
		}
	}
	return a.catalogue.Indicator(name)
}

// logIssues names each entry that is left out, once.
func (a *app) logIssues(log *slog.Logger) {
	config.LogNew(log, a.issues, nil)
}

func (a *app) close() {
	for _, src := range a.sources {
		_ = src.DB.Close()
	}
}

// source finds the source that an indicator is read from.
func (a *app) source(name string) (*source.Source, error) {
	for _, src := range a.sources {
		if src.Name == name {
			return src, nil
		}
	}
	return nil, usageError{fmt.Errorf("the source %s is not configured; set %s", name, addressSetting(name))}
}

// readError is one line on why a source was not read, and where to look.
func readError(src string, err error) string {
	text := src + ": " + postgres.Describe(err)
	var guardErr *unavailable.Error
	if errors.As(err, &guardErr) || errors.Is(err, context.Canceled) {
		return text // nothing is wrong with the address
	}
	return text + " (its address is in " + addressSetting(src) + ")"
}

func addressSetting(src string) string {
	return config.EnvironmentPrefix + "_" + strings.ToUpper(src) + "_DATABASE_URL"
}

// sourcesFailed is the error of a command that went through all sources, nil if
// none failed.
func sourcesFailed(failed []string) error {
	if len(failed) == 0 {
		return nil
	}
	return errors.New(strings.Join(failed, "; "))
}

// dayFlag reads a day from the command line; an empty text stands for the day
// otherwise.
func dayFlag(name, text string, otherwise time.Time) (time.Time, error) {
	if text == "" {
		return otherwise, nil
	}
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return time.Time{}, usageError{fmt.Errorf("-%s must be a day such as 2026-03-31", name)}
	}
	return day, nil
}
