package backfill_test

import (
	"context"
	"io"
	"log"
	"log/slog"
	"os"
	"testing/fstest"
	"time"

	"childrens-services-exporter/exporter/backfill"
	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/guard"
	"childrens-services-exporter/exporter/postgres"
	"childrens-services-exporter/exporter/source"
	"childrens-services-exporter/exporter/staging"
	"childrens-services-exporter/internal/temppg"
)

// Two days of history of one cohort, with the labels that the scrape adds.
func Example() {
	cluster, err := temppg.Start(context.Background(), temppg.Options{})
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = cluster.Stop() }()
	src, err := exampleSource(cluster.URL("postgres"))
	if err != nil {
		log.Print(err)
		return
	}
	defer func() { _ = src.DB.Close() }()

	last := calendar.Date(2026, time.April, 1)
	past := backfill.New(backfill.Options{
		From: last.AddDate(0, 0, -1), To: last,
		Labels: map[string]string{"job": "childrens-services"},
		Read:   source.ReadOptions{AsOf: last.AddDate(0, 0, 1), Mode: guard.EnforceWithoutProgress, MaxRetries: 3},
		Log:    slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	if err := past.Add(context.Background(), src); err != nil {
		log.Print(err)
		return
	}
	if err := past.Write(os.Stdout); err != nil {
		log.Print(err)
	}
	// Output:
	// # HELP childrens_plans_started Plans started in the window.
	// # TYPE childrens_plans_started gauge
	// childrens_plans_started{job="childrens-services",window="month"} 2 1774958400
	// childrens_plans_started{job="childrens-services",window="month"} 1 1775044800
	// # EOF
}

// exampleSource is a database whose one cohort brings its own rows.
func exampleSource(address string) (*source.Source, error) {
	definitions, err := definition.Load(config.Settings{}, fstest.MapFS{
		"plans/started.yaml": {Data: []byte(startedYAML)},
		"plans/started.sql":  {Data: []byte(startedSQL)},
	})
	if err != nil {
		return nil, err
	}
	staging, err := staging.New("social_care", config.Settings{})
	if err != nil {
		return nil, err
	}
	cal, err := config.Settings{}.NewCalendar()
	if err != nil {
		return nil, err
	}
	db, err := postgres.Open("CSE_SOCIAL_CARE_DATABASE_URL", address, postgres.DefaultTimeouts())
	if err != nil {
		return nil, err
	}
	return &source.Source{
		Name: "social_care", DB: db, Staging: staging, Catalogue: definitions, Calendar: cal,
		Guard: source.NewGuard(guard.DefaultPolicy()),
	}, nil
}
