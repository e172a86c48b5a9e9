package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"childrens-services-exporter/exporter/backfill"
	"childrens-services-exporter/exporter/benchmark"
	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/collector"
	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/csvload"
	"childrens-services-exporter/exporter/csvload/schema"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/disclosure"
	"childrens-services-exporter/exporter/evaluate"
	"childrens-services-exporter/exporter/guard"
	"childrens-services-exporter/exporter/postgres"
	"childrens-services-exporter/exporter/publication"
	"childrens-services-exporter/exporter/rag"
	"childrens-services-exporter/exporter/revision"
	"childrens-services-exporter/exporter/source"
	"childrens-services-exporter/exporter/staging"
	"childrens-services-exporter/exporter/store"
	"childrens-services-exporter/exporter/web"
	"childrens-services-exporter/internal/synthetic"
	"childrens-services-exporter/internal/temppg/pgtest"
)

// benchmarkDay fixes the clock of the synthetic council.
func benchmarkDay() time.Time { return calendar.Date(2026, time.November, 20) }

// mostSeries is how many series the records of a council of typical size may cost
// its Prometheus.
const mostSeries = 15_000

// BenchmarkCouncil times a live collection and a year of history on a council of
// typical size (BENCH_PROFILE chooses another), each as a multiple of one
// sequential pass over the columns that the cohorts need, in the same run.
func BenchmarkCouncil(b *testing.B) {
	name := os.Getenv("BENCH_PROFILE")
	if name == "" {
		name = "typical"
	}
	profile, err := synthetic.FindProfile(name)
	if err != nil {
		b.Fatal(err)
	}
	years := profile.AttendanceYears
	profile.AttendanceYears = 0 // attended writes them in the database, where millions of rows take seconds
	directory := b.TempDir()
	if _, err := synthetic.Write(directory, profile, 1, benchmarkDay()); err != nil {
		b.Fatal(err)
	}
	series := map[string]int{}
	for _, name := range []string{"social_care", "education"} {
		b.Run(name, func(b *testing.B) { benchmarkSource(b, name, filepath.Join(directory, name), years, series) })
	}
	if all := series["social_care"] + series["education"]; name == "typical" && all > mostSeries {
		b.Errorf("a council of typical size has %d series, more than %d", all, mostSeries)
	}
}

// benchmarkSource counts the series of the source too.
func benchmarkSource(b *testing.B, name, directory string, years int, series map[string]int) {
	src, attendance := newBenchmarkSource(b, name, directory, years)
	// The quickest of three: the first fills the server's memory.
	pass := min(passSeconds(b, src), passSeconds(b, src), passSeconds(b, src))
	b.Run("live", func(b *testing.B) {
		now, log := func() time.Time { return benchmarkDay().Add(12 * time.Hour) }, slog.New(slog.NewTextHandler(io.Discard, nil))
		evaluator := evaluate.New(src, evaluate.Options{
			MaxSeries: 100000, Schedule: benchmarkSchedule(), Disclosure: disclosure.DefaultPolicy(),
			State: recordedForYears(b, src.Name), Meetings: []time.Time{benchmarkDay().AddDate(0, -1, 0)}, Now: now, Log: log,
		})
		live := collector.New(evaluator, collector.Options{
			PeriodInterval: time.Hour, Targets: collector.NewTargets(rag.Targets{}), Now: now, Log: log,
		})
		forgetPeakMemory(b)
		for b.Loop() {
			if err := live.Collect(context.Background(), collector.Request{Accept: true}); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(peakMemory(b), "peak-MiB")
		b.ReportMetric(b.Elapsed().Seconds()/float64(b.N)/pass, "passes/op")
		b.ReportMetric(pass, "seconds/pass")
		b.ReportMetric(float64(attendance), "attendance-rows")
		var periods time.Duration
		for _, cohort := range live.Snapshot().Cohorts {
			periods += cohort.Periods.Duration
			if cohort.Problem != "" {
				b.Error(cohort.Cohort.Name, cohort.Problem)
			}
			b.Logf("%-28s %6.2f passes, scorecard %6.2f", cohort.Cohort.Name, cohort.Duration.Seconds()/pass, cohort.Periods.Duration.Seconds()/pass)
		}
		b.ReportMetric(periods.Seconds()/pass, "scorecard-passes/op")
		records, besides := countSeries(b, src, live)
		series[name] = records
		b.ReportMetric(float64(records), "series")
		b.ReportMetric(float64(besides), "kept-and-published-series")
	})
	b.Run("history365", func(b *testing.B) {
		forgetPeakMemory(b)
		for b.Loop() {
			past := backfill.New(backfill.Options{
				From: benchmarkDay().AddDate(-1, 0, 0), To: benchmarkDay().AddDate(0, 0, -1), BatchDays: 92,
				Read: source.ReadOptions{AsOf: benchmarkDay(), Mode: guard.AcceptOnce, MaxRetries: guard.DefaultPolicy().SettleRetries()}, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
			})
			if err := past.Add(context.Background(), src); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(peakMemory(b), "peak-MiB")
		b.ReportMetric(b.Elapsed().Seconds()/float64(b.N)/pass, "passes/op")
	})
}

// benchmarkSchedule opens a quarter ten working days after its end.
func benchmarkSchedule() publication.Schedule {
	return publication.Schedule{Kind: calendar.Quarter, Delay: 10}
}

// recordedForYears is the state directory of a council that has recorded what it
// first reported for as long as a scorecard goes back.
func recordedForYears(b *testing.B, src string) *store.Store {
	b.Helper()
	state, since := store.Open(b.TempDir()), benchmarkDay().AddDate(-5, 0, 0)
	if err := revision.Open(state, src, since).Add(nil, since); err != nil {
		b.Fatal(err)
	}
	return state
}

// countSeries counts what managers are served of a source: what its records give,
// and what is kept and published besides, for an authority with all of its
// neighbours.
func countSeries(b *testing.B, src *source.Source, live *collector.Collector) (records, besides int) {
	b.Helper()
	const croydon = 306
	published, rejected, err := benchmark.Read(nil, "")
	if err != nil || len(rejected) > 0 {
		b.Fatal(err, rejected)
	}
	pages := &web.Exporter{
		Benchmarks: published, Settings: config.Settings{Authority: config.Authority{LACode: croydon}},
		Collectors: []*collector.Collector{live}, MaxAge: time.Hour, PeriodAge: time.Hour, Schedule: benchmarkSchedule(), Calendar: src.Calendar,
		Now: func() time.Time { return benchmarkDay().Add(12 * time.Hour) },
	}
	for family, metrics := range gatheredPage(b, pages.ManagersPage(), pages.WorkersPage()) {
		switch {
		case strings.HasPrefix(family, "childrens_benchmark"), strings.HasPrefix(family, "childrens_indicator_first_reported"),
			strings.HasPrefix(family, "childrens_indicator_last_meeting"):
			besides += len(metrics)
		default:
			records += len(metrics)
		}
	}
	if besides == 0 {
		b.Error("nothing is kept and nothing is published")
	}
	return records, besides
}

// passSeconds reads every column that the cohorts need once, table by table.
func passSeconds(b *testing.B, src *source.Source) float64 {
	b.Helper()
	began := time.Now()
	err := src.Read(context.Background(), source.ReadOptions{AsOf: benchmarkDay(), Mode: guard.AcceptAndStore}, func(ctx context.Context, reading *source.Session) error {
		columns := map[string]map[string]bool{}
		for _, plan := range reading.Plans {
			for _, touch := range plan.LockStatements {
				columnList, table, _ := strings.Cut(strings.TrimSuffix(strings.TrimPrefix(touch, "select "), " limit 0"), " from ")
				if columns[table] == nil {
					columns[table] = map[string]bool{}
				}
				for column := range strings.SplitSeq(columnList, ", ") {
					columns[table][column] = true
				}
			}
		}
		began = time.Now()
		for table, needed := range columns {
			var counts []string
			for column := range needed {
				counts = append(counts, "count("+column+")")
			}
			if _, err := src.DB.ExecContext(ctx, "select "+strings.Join(counts, ", ")+" from "+table); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return time.Since(began).Seconds()
}

// newBenchmarkSource loads a council as the load command does.
func newBenchmarkSource(b *testing.B, name, directory string, years int) (_ *source.Source, attendance int64) {
	b.Helper()
	definitions, err := definition.Load(config.Settings{}, definition.Embedded())
	if err != nil {
		b.Fatal(err)
	}
	cal, err := config.Settings{}.NewCalendar()
	if err != nil {
		b.Fatal(err)
	}
	address := pgtest.Database(b)
	attendance = loadCouncil(b, address, name, directory, years)
	staging, err := staging.New(name, config.Settings{})
	if err != nil {
		b.Fatal(err)
	}
	db, err := postgres.Open("BENCH_URL", address, postgres.DefaultTimeouts())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	return &source.Source{
		Name: name, DB: db, Staging: staging, Catalogue: definitions, Calendar: cal,
		Guard: source.NewGuard(guard.DefaultPolicy()),
	}, attendance
}

func loadCouncil(b *testing.B, address, src, directory string, years int) (attendance int64) {
	b.Helper()
	db, err := sqlx.Open("postgres", address)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	var tables []schema.Table
	for _, group := range []string{src, "local"} {
		described, err := schema.Tables(group)
		if err != nil {
			b.Fatal(err)
		}
		tables = append(tables, described...)
	}
	if _, err := csvload.Load(context.Background(), db, tables, os.DirFS(directory), csvload.Options{Allow: synthetic.ImpossibleDates(src)}); err != nil {
		b.Fatal(fmt.Errorf("load: %w", err))
	}
	if src == "education" {
		attendance = attended(b, db, years)
	}
	if _, err := db.Exec("vacuum analyze"); err != nil {
		b.Fatal(err)
	}
	return attendance
}
