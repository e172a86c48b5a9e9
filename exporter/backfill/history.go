// Package backfill evaluates the indicators for past days and writes them as OpenMetrics text, which promtool turns
// into blocks of Prometheus.
package backfill

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/definition/query"
	"childrens-services-exporter/exporter/evaluate"
	"childrens-services-exporter/exporter/source"
	"childrens-services-exporter/exporter/unavailable"
)

// Options set what is evaluated.
type Options struct {
	// From and To are the first and the last day.
	From, To time.Time
	// Labels are those that a scrape adds (job, instance, authority): with them
	// past and live values are one series.
	Labels map[string]string
	// BatchDays is how many days one statement evaluates; 0 means 92. A cohort with a cadence, by the week or month,
	// has four times as many.
	BatchDays int
	Read      source.ReadOptions
	Log       *slog.Logger
}

// concurrency is how many batches are read at a time. A source's pool of connections
// is made for as many.
const concurrency = 2

// History holds a value per series and day.
type History struct {
	options Options
	days    int
	// lock guards the fields that concurrent batches write: series, help and logged.
	lock   sync.Mutex
	series map[string]*series
	help   map[string]string
	// logged are the cohorts that the log says are left out.
	logged map[string]bool
}

type series struct {
	family  string
	values  []float64
	present []bool
}

// New makes an empty history for the days of the options. From must not lie
// after To.
func New(options Options) *History {
	if options.BatchDays < 1 {
		options.BatchDays = 92
	}
	days := int(options.To.Sub(options.From)/(24*time.Hour)) + 1
	return &History{options: options, days: days, series: map[string]*series{}, help: map[string]string{}, logged: map[string]bool{}}
}

// PartialError lists the cohorts without history and the reasons: one failed cohort does not stop the others. A table
// that a council does not have is no error.
type PartialError struct {
	// Reasons maps a cohort to its reason in plain words.
	Reasons map[string]string
}

func (e *PartialError) Error() string {
	var cohorts []string
	for _, cohort := range sorted(e.Reasons) {
		cohorts = append(cohorts, cohort+" ("+e.Reasons[cohort]+")")
	}
	return "left out of history: " + strings.Join(cohorts, ", ")
}

// Add evaluates the whole history of a source: one statement per cohort for many
// days at once, in batches that bound what the server has to hold. After a
// *PartialError the history of all other cohorts is complete.
func (h *History) Add(ctx context.Context, src *source.Source) error {
	// Tables settle between readings that lie some time apart. Two concurrent batches
	// would count as independent stable reads.
	if _, err := evaluate.Results(ctx, src, h.options.Read, func(*definition.Cohort) []calendar.Period { return nil }); err != nil {
		return fmt.Errorf("%s: %w", src.Name, err)
	}
	partial := &PartialError{Reasons: map[string]string{}}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(concurrency)
	for _, batch := range h.batches(src) {
		group.Go(func() error {
			if err := h.addBatch(ctx, src, batch, partial); err != nil {
				return fmt.Errorf("%s: %s to %s: %w", src.Name, batch.from.Format(time.DateOnly), batch.to.Format(time.DateOnly), err)
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	if len(partial.Reasons) > 0 {
		return partial
	}
	return nil
}

// batch is some days of the cohorts of a source: of those that have a cadence, by the
// week or month, or of those that have none.
type batch struct {
	from, to time.Time
	cadence  bool
}

// batches splits the days of the cohorts into batches, larger ones for cohorts with a cadence: a year of their days has
// no more periods than a month of other days, and each batch reads tables with millions of rows again.
func (h *History) batches(src *source.Source) []batch {
	var batches []batch
	for _, cadence := range []bool{true, false} {
		days := h.options.BatchDays
		if cadence {
			days *= 4
		}
		if !slices.ContainsFunc(src.Catalogue.Cohorts, func(c *definition.Cohort) bool {
			return c.Source == src.Name && (c.Cadence != "") == cadence
		}) {
			continue
		}
		for from := h.options.From; !from.After(h.options.To); from = from.AddDate(0, 0, days) {
			to := from.AddDate(0, 0, days-1)
			if to.After(h.options.To) {
				to = h.options.To
			}
			batches = append(batches, batch{from, to, cadence})
		}
	}
	return batches
}

func (h *History) addBatch(ctx context.Context, src *source.Source, days batch, partial *PartialError) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	began := time.Now()
	// Asked before the transaction opens: another batch that writes its values holds the lock for seconds, and the server
	// ends a transaction that waits as long.
	leftOut := h.leftOut(partial)
	results, err := evaluate.Results(ctx, src, h.options.Read, func(cohort *definition.Cohort) []calendar.Period {
		if (cohort.Cadence != "") != days.cadence || leftOut[cohort.Name] != "" {
			return nil
		}
		var periods []calendar.Period
		for _, day := range calendar.Days(days.from, days.to) {
			for _, kind := range cohort.Windows {
				periods = append(periods, cohort.Period(src.Calendar, kind, day))
			}
		}
		return periods
	})
	if err != nil {
		return err
	}
	h.lock.Lock()
	defer h.lock.Unlock()
	for _, result := range results {
		switch {
		case result.Result != nil:
			h.fill(result.Result, result.Periods)
		case result.Reason == unavailable.Failed:
			partial.Reasons[result.Cohort.Name] = result.Problem
		case !h.logged[result.Cohort.Name]:
			// The council has no such table, or an empty one.
			h.logged[result.Cohort.Name] = true
			h.options.Log.Warn("left out of history", "cohort", result.Cohort.Name, "reason", result.Reason, "err", result.Problem)
		}
	}
	h.options.Log.Info("evaluated", "source", src.Name, "from", days.from.Format(time.DateOnly), "to", days.to.Format(time.DateOnly),
		"duration", time.Since(began).Round(time.Millisecond))
	return nil
}

// leftOut gives the reasons of the cohorts that are left out so far.
func (h *History) leftOut(partial *PartialError) map[string]string {
	h.lock.Lock()
	defer h.lock.Unlock()
	return maps.Clone(partial.Reasons)
}

// fill writes the samples of each period to every day on which it is the latest: a closed window is evaluated once and
// repeated until the next one closes.
func (h *History) fill(answer *query.Result, periods []calendar.Period) {
	samples := map[calendar.Key][]keyedSample{}
	for _, p := range periods {
		periodSamples, done := samples[p.Key()]
		if !done {
			periodSamples = h.keyed(answer.Observations(p))
			samples[p.Key()] = periodSamples
		}
		day := int(p.AsOf.Sub(h.options.From) / (24 * time.Hour))
		for _, sample := range periodSamples {
			sample.series.values[day], sample.series.present[day] = sample.value, true
		}
	}
}

type keyedSample struct {
	series *series
	value  float64
}

func (h *History) keyed(readings []definition.Observation) []keyedSample {
	var keyed []keyedSample
	for _, reading := range readings {
		if reading.Workers {
			continue
		}
		for _, sample := range reading.Samples() {
			keyed = append(keyed, keyedSample{h.seriesOf(sample), sample.Value})
		}
	}
	return keyed
}

func (h *History) seriesOf(sample definition.Sample) *series {
	key := sample.Family.Name + h.labels(sample)
	existing := h.series[key]
	if existing == nil {
		existing = &series{family: sample.Family.Name, values: make([]float64, h.days), present: make([]bool, h.days)}
		h.series[key] = existing
		h.help[sample.Family.Name] = sample.Family.Help
	}
	return existing
}

// labels writes the labels of a sample with those that a scrape adds, sorted.
func (h *History) labels(sample definition.Sample) string {
	all := map[string]string{}
	maps.Copy(all, h.options.Labels)
	for i, name := range sample.Family.Labels {
		all[name] = sample.Labels[i]
	}
	if len(all) == 0 {
		return ""
	}
	parts := make([]string, 0, len(all))
	for _, name := range sorted(all) {
		parts = append(parts, name+`="`+escape(all[name])+`"`)
	}
	return "{" + strings.Join(parts, ",") + "}"
}

func escape(text string) string {
	return strings.NewReplacer(`\`, `\\`, "\n", `\n`, `"`, `\"`).Replace(text)
}
