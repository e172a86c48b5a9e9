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
	councilconfig "childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/postgres"
	"childrens-services-exporter/exporter/rag"
	"childrens-services-exporter/exporter/reportperiod"
	"childrens-services-exporter/exporter/source"
	"childrens-services-exporter/exporter/staging"
	"childrens-services-exporter/exporter/unavailable"
)

// council is what the commands work on: the definitions and the sources that
// are configured.
type council struct {
	settings  config.Settings
	catalogue *definition.Catalogue
	calendar  *calendar.Calendar
	sources   []*source.Source

	benchmarks *benchmark.Table
	targets    rag.Targets
	meetings   []time.Time
	// rejected are the entries of the council's own that are left out.
	rejected []councilconfig.Issue
}

// open checks settings and definitions and prepares the sources. It connects to
// none: a source that is down at the start stops neither the other nor the
// program.
func (p *program) open() (*council, error) {
	opened, err := p.definitions()
	if err != nil {
		return nil, err
	}
	addresses := []struct{ source, address string }{
		{"social_care", p.config.SocialCareDatabaseURL},
		{"education", p.config.EducationDatabaseURL},
	}
	for _, one := range addresses {
		if one.address == "" {
			continue
		}
		staging, err := staging.New(one.source, opened.settings)
		if err != nil {
			opened.close()
			return nil, usageError{err}
		}
		db, err := postgres.Open(addressSetting(one.source), one.address, timeouts(p.config))
		if err != nil {
			opened.close()
			return nil, usageError{err}
		}
		opened.sources = append(opened.sources, &source.Source{
			Name: one.source, DB: db, Staging: staging, Settings: opened.settings.Sources[one.source],
			Catalogue: opened.catalogue, Calendar: opened.calendar,
			Guard: source.OpenGuard(p.config.StateDir, one.source, guardPolicy(p.config)),
		})
	}
	if len(opened.sources) == 0 {
		return nil, usageError{fmt.Errorf("no database is configured; set CSE_SOCIAL_CARE_DATABASE_URL, CSE_EDUCATION_DATABASE_URL or both")}
	}
	return opened, nil
}

// definitions reads the council's settings and the catalogue.
func (p *program) definitions() (*council, error) {
	opened := &council{}
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
	if err := p.compare(opened); err != nil {
		return nil, err
	}
	var rejected []councilconfig.Issue
	opened.targets, rejected = rag.ReadTargets(opened.settings, opened.catalogue)
	opened.rejected = append(opened.rejected, rejected...)
	opened.meetings, rejected = reportperiod.ReadMeetings(opened.settings)
	opened.rejected = append(opened.rejected, rejected...)
	return opened, nil
}

// compare reads the published figures that the council is compared with.
func (p *program) compare(opened *council) error {
	var own fs.FS
	if directory := p.config.BenchmarkDir; directory != "" {
		if about, err := os.Stat(directory); err != nil || !about.IsDir() {
			return usageError{fmt.Errorf("CSE_BENCHMARK_DIR: %s is not a folder", directory)}
		}
		own = os.DirFS(directory)
	}
	var err error
	if opened.benchmarks, opened.rejected, err = benchmark.Read(own, p.config.BenchmarkDir); err != nil {
		return err
	}
	if code := opened.settings.Authority.LACode; code != 0 && !opened.benchmarks.IsAuthority(code) {
		opened.rejected = append(opened.rejected, councilconfig.Issue{
			Input:   "benchmarks",
			Message: fmt.Sprintf("%s: la_code %d is no authority's; the council is compared with England alone", opened.settings.AtLACode(), code),
		})
	}
	return nil
}

// commentary reads what the council says of its numbers; nil where it says nothing.
func (p *program) commentary(opened *council, log *slog.Logger) *commentary.Folder {
	if p.config.CommentaryDir == "" {
		return nil
	}
	return commentary.Open(p.config.CommentaryDir, opened.remarks(), log)
}

// remarks knows what the council may speak of.
func (c *council) remarks() commentary.Reader {
	return commentary.Reader{Calendar: c.calendar, Indicator: c.indicator}
}

// indicator finds an indicator by its name or the council's own short name.
func (c *council) indicator(name string) (*definition.Indicator, error) {
	for known, reference := range c.settings.References {
		if reference == name {
			return c.catalogue.Indicator(known)
		}
	}
	return c.catalogue.Indicator(name)
}

// tellRejected names each entry that is left out, once.
func (c *council) tellRejected(log *slog.Logger) {
	councilconfig.LogNew(log, c.rejected, nil)
}

func (c *council) close() {
	for _, src := range c.sources {
		_ = src.DB.Close()
	}
}

// source gives the source that an indicator is read from.
func (c *council) source(name string) (*source.Source, error) {
	for _, src := range c.sources {
		if src.Name == name {
			return src, nil
		}
	}
	return nil, usageError{fmt.Errorf("the source %s is not configured; set %s", name, addressSetting(name))}
}

// unread says in one line why a source was not read, and where to look.
func unread(src string, err error) string {
	why := src + ": " + postgres.Describe(err)
	var refusal *unavailable.Error
	if errors.As(err, &refusal) || errors.Is(err, context.Canceled) {
		return why // nothing is wrong with the address
	}
	return why + " (its address is in " + addressSetting(src) + ")"
}

func addressSetting(src string) string {
	return config.EnvironmentPrefix + "_" + strings.ToUpper(src) + "_DATABASE_URL"
}

// sourcesFailed is the error of a command that went through all sources, nil if
// none failed.
func sourcesFailed(unread []string) error {
	if len(unread) == 0 {
		return nil
	}
	return errors.New(strings.Join(unread, "; "))
}

// dayFlag reads a day from the command line; an empty one means otherwise.
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
