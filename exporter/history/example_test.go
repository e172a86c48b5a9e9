package history_test

import (
	"context"
	"io"
	"log"
	"log/slog"
	"os"
	"testing/fstest"
	"time"

	"childrens-services-exporter/exporter/catalogue"
	"childrens-services-exporter/exporter/history"
	"childrens-services-exporter/exporter/period"
	"childrens-services-exporter/exporter/warehouse"
	"childrens-services-exporter/internal/throwaway"
)

// Two days of history of one cohort, with the labels that the scrape adds.
func Example() {
	cluster, err := throwaway.Start(context.Background(), throwaway.Options{})
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = cluster.Stop() }()
	source, err := exampleSource(cluster.URL("postgres"))
	if err != nil {
		log.Print(err)
		return
	}
	defer func() { _ = source.DB.Close() }()

	last := period.Date(2026, time.April, 1)
	past := history.New(history.Options{
		From: last.AddDate(0, 0, -1), To: last,
		Labels: map[string]string{"job": "childrens-services"},
		Look:   warehouse.Look{Today: last.AddDate(0, 0, 1)},
		Log:    slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	if err := past.Add(context.Background(), source); err != nil {
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
func exampleSource(address string) (*warehouse.Source, error) {
	definitions, err := catalogue.Load(catalogue.Settings{}, fstest.MapFS{
		"plans/started.yaml": {Data: []byte(startedYAML)},
		"plans/started.sql":  {Data: []byte(startedSQL)},
	})
	if err != nil {
		return nil, err
	}
	staging, err := warehouse.NewStaging("social_care", catalogue.Settings{})
	if err != nil {
		return nil, err
	}
	calendar, err := catalogue.Settings{}.NewCalendar()
	if err != nil {
		return nil, err
	}
	db, err := warehouse.Open("CSE_SOCIAL_CARE_DATABASE_URL", address, warehouse.DefaultWaits())
	if err != nil {
		return nil, err
	}
	return &warehouse.Source{
		Name: "social_care", DB: db, Staging: staging, Catalogue: definitions, Calendar: calendar,
		Guards: warehouse.NewGuards(warehouse.DefaultGuardRules()),
	}, nil
}
