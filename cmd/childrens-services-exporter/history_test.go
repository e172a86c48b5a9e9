package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/textparse"

	"childrens-services-exporter/exporter/backfill"
	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/collector"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/guard"
	"childrens-services-exporter/exporter/source"
	"childrens-services-exporter/exporter/store"
)

// historyEqualsLive collects with the clock set to days from January to March
// 2026 and compares every series of the page with the one that backfill writes
// for that day. Some cohorts are compared on every fifth day, or with EVERY_DAY
// on each, all of them on the days at which windows or the clocks change.
func historyEqualsLive(t *testing.T, p *program, opened *app) {
	days := calendar.Days(calendar.Date(2026, time.January, 1), calendar.Date(2026, time.March, 31))
	past := backfilled(t, opened, days[0], days[len(days)-1])

	daily := opened.only("child_protection/plans", "early_help/", "assessments/completed")
	if indicators := len(daily.catalogue.Indicators()); indicators < 10 {
		t.Fatalf("%d indicators are not ten", indicators)
	}
	var sampleDays []time.Time
	for i, day := range days {
		// Five days and a week have nothing in common: every day of the week is met.
		if everyDay() || i%5 == 0 {
			sampleDays = append(sampleDays, day)
		}
	}
	compareWithLive(t, p, daily, sampleDays, past)
	var turns []time.Time
	for _, day := range days {
		// A month opens on its first day; the clocks went forward on Sunday 29 March.
		if day.Day() == 1 && day.Month() != time.February || day.Month() == time.March && day.Day() >= 29 {
			turns = append(turns, day)
		}
	}
	compareWithLive(t, p, opened, turns, past)
}

// only is the same council with the cohorts whose names begin like one of these.
func (a *app) only(names ...string) *app {
	narrow := *a
	narrow.catalogue = &definition.Catalogue{Limits: a.catalogue.Limits, Populations: a.catalogue.Populations}
	for _, cohort := range a.catalogue.Cohorts {
		if slices.ContainsFunc(names, func(name string) bool { return strings.HasPrefix(cohort.Name, name) }) {
			narrow.catalogue.Cohorts = append(narrow.catalogue.Cohorts, cohort)
		}
	}
	narrow.sources = nil
	for _, src := range a.sources {
		same := &source.Source{
			Name: src.Name, DB: src.DB, Staging: src.Staging, Settings: src.Settings, Catalogue: narrow.catalogue,
			Calendar: src.Calendar, Guard: src.Guard,
		}
		if slices.ContainsFunc(narrow.catalogue.Cohorts, func(cohort *definition.Cohort) bool { return cohort.Source == src.Name }) {
			narrow.sources = append(narrow.sources, same)
		}
	}
	return &narrow
}

func compareWithLive(t *testing.T, p *program, opened *app, days []time.Time, past map[string]map[string]float64) {
	t.Helper()
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	published := map[string]bool{}
	for _, indicator := range opened.catalogue.Indicators() {
		for _, family := range indicator.Families() {
			published[family.Name] = !family.Workers
		}
	}
	var now time.Time
	clock := func() time.Time { return now }
	unscored := *p
	unscored.config.PeriodInterval = 0 // history has no periods of a scorecard
	collectors := unscored.collectors(opened, moment{clock, store.Open(""), slog.New(slog.DiscardHandler)})
	page := unscored.pages(opened, collectors, clock).ManagersPage()
	for _, day := range days {
		// In summer this is still the day before in UTC.
		now = time.Date(day.Year(), day.Month(), day.Day(), 0, 30, 0, 0, london)
		for _, live := range collectors {
			if err := live.Collect(context.Background(), collector.Request{Accept: true}); err != nil {
				t.Fatal(err)
			}
		}
		live := gathered(t, page, published)
		if len(live) < len(opened.catalogue.Indicators())/2 {
			t.Fatalf("%s: only %d values", day.Format(time.DateOnly), len(live))
		}
		if diff := cmp.Diff(live, selectedDays(past[day.Format(time.DateOnly)], published), cmpopts.EquateApprox(1e-12, 0)); diff != "" {
			t.Fatalf("%s (-live +history):\n%s", day.Format(time.DateOnly), diff)
		}
	}
}

// selectedDays keeps the series of the families that are published.
func selectedDays(past map[string]float64, published map[string]bool) map[string]float64 {
	selected := map[string]float64{}
	for series, value := range past {
		_, rest, _ := strings.Cut(series, `__name__="`)
		if name, _, _ := strings.Cut(rest, `"`); published[name] {
			selected[series] = value
		}
	}
	return selected
}

// backfilled gives, by day, every series with its value.
func backfilled(t *testing.T, opened *app, from, to time.Time) map[string]map[string]float64 {
	t.Helper()
	past := backfill.New(backfill.Options{
		From: from, To: to, BatchDays: 31,
		Read: source.ReadOptions{AsOf: to, Mode: guard.AcceptOnce, MaxRetries: guard.DefaultPolicy().SettleRetries()}, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	for _, src := range opened.sources {
		if err := past.Add(context.Background(), src); err != nil {
			t.Fatal(err)
		}
	}
	var text bytes.Buffer
	if err := past.Write(&text); err != nil {
		t.Fatal(err)
	}
	byDay := map[string]map[string]float64{}
	parser := textparse.NewOpenMetricsParser(text.Bytes(), labels.NewSymbolTable())
	for {
		entry, err := parser.Next()
		if errors.Is(err, io.EOF) {
			return byDay
		}
		if err != nil {
			t.Fatal(err)
		}
		if entry != textparse.EntrySeries {
			continue
		}
		_, stamp, value := parser.Series()
		var series labels.Labels
		parser.Labels(&series)
		day := time.UnixMilli(*stamp).UTC().Format(time.DateOnly)
		if byDay[day] == nil {
			byDay[day] = map[string]float64{}
		}
		byDay[day][series.String()] = value
	}
}

// gathered gives the series of a page that belong to indicators.
func gathered(t *testing.T, page prometheus.Collector, published map[string]bool) map[string]float64 {
	t.Helper()
	registry := prometheus.NewRegistry()
	registry.MustRegister(page)
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]float64{}
	for _, family := range families {
		if !published[family.GetName()] {
			continue
		}
		for _, metric := range family.GetMetric() {
			pairs := []string{"__name__", family.GetName()}
			for _, pair := range metric.GetLabel() {
				pairs = append(pairs, pair.GetName(), pair.GetValue())
			}
			value := metric.GetGauge().GetValue()
			if math.IsNaN(value) {
				t.Errorf("%v is NaN", pairs)
			}
			values[labels.FromStrings(pairs...).String()] = value
		}
	}
	return values
}
