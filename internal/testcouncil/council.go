// Package testcouncil gives tests a small council in a real database, small
// enough to know every number by heart.
package testcouncil

import (
	"embed"
	"io/fs"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/collector"
	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/csvload/schema"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/guard"
	"childrens-services-exporter/exporter/postgres"
	"childrens-services-exporter/exporter/source"
	"childrens-services-exporter/exporter/staging"
	"childrens-services-exporter/exporter/unavailable"
	"childrens-services-exporter/internal/temppg/pgtest"
)

//go:embed definitions council.sql
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
	staging, err := staging.New("social_care", with.Council)
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
		Name: "social_care", DB: db, Staging: staging, Settings: with.Council.Sources["social_care"],
		Catalogue: definitions, Calendar: cal, Guard: with.Guards,
	}
}

// Noon is the moment from which the council is seen: 31 March 2026.
func Noon() time.Time { return time.Date(2026, time.March, 31, 12, 0, 0, 0, time.UTC) }

// Options collect at noon; a test may move the clock.
func Options() collector.Options {
	return collector.Options{
		Interval: 5 * time.Minute, RetryInterval: 30 * time.Second, MaxSeries: 1000, PeriodInterval: time.Hour,
		PublicPeriod: calendar.Quarter, PublicDelay: 10, Now: Noon, Log: slog.New(slog.DiscardHandler),
	}
}

// Settle collects until the tables are believed.
func Settle(t testing.TB, collector *collector.Collector) {
	t.Helper()
	err := collector.Collect(t.Context(), false)
	for try := 0; unavailable.IsRetryable(err) && try < 3; try++ {
		err = collector.Collect(t.Context(), false)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// Samples lists what a state serves, as family{labels} to value.
func Samples(state *collector.State) map[string]float64 {
	samples := map[string]float64{}
	for _, cohort := range state.Cohorts {
		for _, reading := range cohort.Live {
			for _, sample := range reading.Samples() {
				key := strings.Join(append([]string{sample.Family.Name}, sample.Labels...), " ")
				samples[key] = sample.Value
			}
		}
	}
	return samples
}
