// Package testcouncil gives tests a small council in a real database, small
// enough to know every number by heart.
package testcouncil

import (
	"embed"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/collector"
	"childrens-services-exporter/exporter/commentary"
	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/csvload/schema"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/disclosure"
	"childrens-services-exporter/exporter/evaluate"
	"childrens-services-exporter/exporter/guard"
	"childrens-services-exporter/exporter/postgres"
	"childrens-services-exporter/exporter/publication"
	"childrens-services-exporter/exporter/rag"
	"childrens-services-exporter/exporter/source"
	"childrens-services-exporter/exporter/staging"
	"childrens-services-exporter/exporter/store"
	"childrens-services-exporter/internal/temppg/pgtest"
)

//go:embed definitions council.sql state-format-1
var files embed.FS

// Definitions are the council's two cohorts.
func Definitions() fs.FS {
	own, err := fs.Sub(files, "definitions")
	if err != nil {
		panic(err) // the path is a constant
	}
	return own
}

// Database makes the council's database and gives its URL; no session is left
// open on it, so that it can be cloned.
func Database(t testing.TB) string {
	t.Helper()
	url := pgtest.Database(t)
	ddl, err := schema.DDL("social_care")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := files.ReadFile("council.sql")
	if err != nil {
		t.Fatal(err)
	}
	db := Session(t, url)
	db.MustExec(ddl)
	db.MustExec(string(rows))
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return url
}

// Session opens a session of the council's own, which may write.
func Session(t testing.TB, url string) *sqlx.DB {
	t.Helper()
	db, err := sqlx.Open("postgres", url)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// Settings are what a test may set differently; the zero value is a source with
// the default waits, the default guards and two cohorts.
type Settings struct {
	Council config.Settings
	Waits   postgres.Timeouts
	Guards  *source.Guard
	// Layers add or override definitions.
	Layers []fs.FS
}

// Source makes the source social_care on a database.
func Source(t testing.TB, url string, with Settings) *source.Source {
	t.Helper()
	if with.Waits == (postgres.Timeouts{}) {
		with.Waits = postgres.DefaultTimeouts()
	}
	if with.Guards == nil {
		with.Guards = source.NewGuard(guard.DefaultPolicy())
	}
	definitions, err := definition.Load(with.Council, append([]fs.FS{Definitions()}, with.Layers...)...)
	if err != nil {
		t.Fatal(err)
	}
	stagingLayer, err := staging.New("social_care", with.Council)
	if err != nil {
		t.Fatal(err)
	}
	cal, err := with.Council.NewCalendar()
	if err != nil {
		t.Fatal(err)
	}
	db, err := postgres.Open("TEST_DATABASE_URL", url, with.Waits)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return &source.Source{
		Name: "social_care", DB: db, Staging: stagingLayer, Settings: with.Council.Sources["social_care"],
		Catalogue: definitions, Calendar: cal, Guard: with.Guards,
	}
}

// Noon is the moment from which the council is seen: 31 March 2026.
func Noon() time.Time { return time.Date(2026, time.March, 31, 12, 0, 0, 0, time.UTC) }

// OldState is a state directory as the release before the store left it (format 1),
// with the council as it was read on 16 April 2026.
func OldState(t testing.TB) string {
	t.Helper()
	old, err := fs.Sub(files, "state-format-1")
	if err != nil {
		t.Fatal(err)
	}
	directory := t.TempDir()
	if err := os.CopyFS(directory, old); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(directory)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if err := os.Chmod(filepath.Join(directory, entry.Name()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return directory
}

// Options are how the council is evaluated and collected.
type Options struct {
	Interval, RetryInterval, PeriodInterval time.Duration

	MaxSeries  int
	Schedule   publication.Schedule
	StateDir   string
	RAG        rag.Policy
	Disclosure disclosure.Policy
	Meetings   []time.Time
	Commentary commentary.Reader
	// Targets are shared with another collector; nil makes those of RAG.
	Targets   *collector.Targets
	Published func(*evaluate.Snapshot)
	Now       func() time.Time
	Log       *slog.Logger
}

// DefaultOptions collect at noon; a test may move the clock.
func DefaultOptions() Options {
	return Options{
		Interval: 5 * time.Minute, RetryInterval: time.Millisecond, MaxSeries: 1000, PeriodInterval: time.Hour,
		Schedule: publication.Schedule{Kind: calendar.Quarter, Delay: 10}, RAG: rag.Policy{MinDenominator: 5},
		Disclosure: disclosure.DefaultPolicy(), Now: Noon, Log: slog.New(slog.DiscardHandler),
	}
}

// Evaluator makes an evaluator of a source.
func (o Options) Evaluator(src *source.Source) *evaluate.Evaluator {
	return evaluate.New(src, evaluate.Options{
		RAG: o.RAG, Disclosure: o.Disclosure, Schedule: o.Schedule, MaxSeries: o.MaxSeries, Meetings: o.Meetings,
		Commentary: o.Commentary, State: store.Open(o.StateDir), Now: o.Now, Log: o.Log,
	})
}

// Collector makes a collector of a source.
func (o Options) Collector(src *source.Source) *collector.Collector {
	targets := o.Targets
	if targets == nil {
		targets = collector.NewTargets(o.RAG.Targets)
	}
	return collector.New(o.Evaluator(src), collector.Options{
		Interval: o.Interval, RetryInterval: o.RetryInterval, PeriodInterval: o.PeriodInterval,
		Targets: targets, Published: o.Published, Now: o.Now, Log: o.Log,
	})
}

// Settle collects until the tables are accepted.
func Settle(t testing.TB, c *collector.Collector) {
	t.Helper()
	if err := c.Collect(t.Context(), collector.Request{MaxRetries: 3}); err != nil {
		t.Fatal(err)
	}
}

// Samples lists what a snapshot serves, as family{labels} to value.
func Samples(snapshot *evaluate.Snapshot) map[string]float64 {
	samples := map[string]float64{}
	for _, cohort := range snapshot.Cohorts {
		for _, observation := range cohort.Live {
			for _, sample := range observation.Samples() {
				key := strings.Join(append([]string{sample.Family.Name}, sample.Labels...), " ")
				samples[key] = sample.Value
			}
		}
	}
	return samples
}
