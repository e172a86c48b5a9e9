// Package backfill works out what the exporter would have published on past days
// and writes it as OpenMetrics text for promtool to turn into blocks.
package backfill

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/lib/pq"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/definition/query"
	"childrens-services-exporter/exporter/postgres"
	"childrens-services-exporter/exporter/source"
	"childrens-services-exporter/exporter/unavailable"
)

// Options set what is worked out.
type Options struct {
	// From and To are the first and the last day.
	From, To time.Time
	// Labels are those that a scrape adds (job, instance, authority): with them
	// past and live values are one series.
	Labels map[string]string
	// ChunkDays is how many days one statement answers for; 0 means 92. A cohort that closes by the week or month is asked for
	// four times as many.
	ChunkDays int
	Read      source.ReadOptions
	Log       *slog.Logger
}

// readers is how many chunks are read at a time. A source's pool of connections
// is made for as many.
const readers = 2

// History holds a value per series and day.
type History struct {
	options Options
	days    int
	// lock guards what the chunks write: series, help and what is left out.
	lock   sync.Mutex
	series map[string]*series
	help   map[string]string
}

type series struct {
	family string
	values []float64
	known  []bool
}

// New makes an empty history for the days of the options. From must not lie
// after To.
func New(options Options) *History {
	if options.ChunkDays < 1 {
		options.ChunkDays = 92
	}
	days := int(options.To.Sub(options.From)/(24*time.Hour)) + 1
	return &History{options: options, days: days, series: map[string]*series{}, help: map[string]string{}}
}

// PartialError tells which cohorts have no history, and why: one bad cohort does
// not spoil the others. A table that a council does not have is no error.
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

// Add works out the whole history of a source: one statement per cohort for many
// days at once, in chunks that bound what the server has to hold. After a
// *LeftOutError the history of all other cohorts is complete.
func (h *History) Add(ctx context.Context, src *source.Source) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	// Tables settle between looks that lie some time apart. Two chunks that looked
	// at once would take each other for proof.
	err := src.Read(ctx, h.options.Read, func(context.Context, *source.Session) error { return nil })
	if err != nil {
		return fmt.Errorf("%s: %w", src.Name, err)
	}
	leftOut := &PartialError{Reasons: map[string]string{}}
	var reading sync.WaitGroup
	places := make(chan struct{}, readers)
	for _, one := range h.chunks(src) {
		if ctx.Err() != nil {
			break
		}
		places <- struct{}{}
		reading.Go(func() {
			defer func() { <-places }()
			if err := h.addChunk(ctx, src, one, leftOut); err != nil {
				stop(fmt.Errorf("%s: %s to %s: %w", src.Name, one.from.Format(time.DateOnly), one.to.Format(time.DateOnly), err))
			}
		})
	}
	reading.Wait()
	if err := context.Cause(ctx); err != nil {
		return err
	}
	if len(leftOut.Reasons) > 0 {
		return leftOut
	}
	return nil
}

// chunk is some days of the cohorts of a source: of those that close by the week or month, or of those that do not.
type chunk struct {
	from, to time.Time
	closes   bool
}

// chunks are few where periods close: a year of days then has no more periods than a month of days has of others, and each
// chunk costs another reading of tables with millions of rows.
func (h *History) chunks(src *source.Source) []chunk {
	var all []chunk
	for _, closes := range []bool{true, false} {
		length := h.options.ChunkDays
		if closes {
			length *= 4
		}
		if !slices.ContainsFunc(src.Catalogue.Cohorts, func(c *definition.Cohort) bool {
			return c.Source == src.Name && (c.Cadence != "") == closes
		}) {
			continue
		}
		for from := h.options.From; !from.After(h.options.To); from = from.AddDate(0, 0, length) {
			to := from.AddDate(0, 0, length-1)
			if to.After(h.options.To) {
				to = h.options.To
			}
			all = append(all, chunk{from, to, closes})
		}
	}
	return all
}

func (h *History) addChunk(ctx context.Context, src *source.Source, of chunk, leftOut *PartialError) error {
	began := time.Now()
	var answers []answered
	err := src.Read(ctx, h.options.Read, func(ctx context.Context, reading *source.Session) (err error) {
		answers, err = h.readChunk(ctx, src, reading, of, leftOut)
		return err
	})
	if err != nil {
		return err
	}
	h.lock.Lock()
	defer h.lock.Unlock()
	for _, one := range answers {
		h.fill(one.answer, one.periods)
	}
	h.options.Log.Info("worked out", "source", src.Name, "from", of.from.Format(time.DateOnly), "to", of.to.Format(time.DateOnly),
		"duration", time.Since(began).Round(time.Millisecond))
	return nil
}

// answered is one cohort's answer for the days of a chunk. It is kept until the
// whole chunk is read: a reading that gives way to a refresh is made again, and
// the two must not mix.
type answered struct {
	answer  *query.Result
	periods []calendar.Period
}

func (h *History) readChunk(ctx context.Context, src *source.Source, reading *source.Session, of chunk, leftOut *PartialError) ([]answered, error) {
	var answers []answered
	for _, plan := range reading.Plans {
		cohort := plan.Cohort
		if (cohort.Cadence != "") != of.closes || h.isLeftOut(leftOut, cohort.Name) {
			continue
		}
		var periods []calendar.Period
		for _, day := range calendar.Days(of.from, of.to) {
			for _, kind := range cohort.Windows {
				periods = append(periods, cohort.Period(src.Calendar, kind, day))
			}
		}
		answer, err := reading.Evaluate(ctx, plan, periods)
		if ctx.Err() != nil || unavailable.IsRetryable(err) {
			return nil, err
		}
		switch {
		case err == nil:
			answers = append(answers, answered{answer, periods})
		case isRefusal(err):
			h.options.Log.Warn("left out of history", "cohort", cohort.Name, "why", postgres.Describe(err))
		case isCohortsOwn(err):
			h.leaveOut(leftOut, cohort.Name, postgres.Describe(err))
		default:
			return nil, err
		}
	}
	return answers, nil
}

func (h *History) isLeftOut(leftOut *PartialError, cohort string) bool {
	h.lock.Lock()
	defer h.lock.Unlock()
	return leftOut.Reasons[cohort] != ""
}

func (h *History) leaveOut(leftOut *PartialError, cohort, why string) {
	h.lock.Lock()
	defer h.lock.Unlock()
	leftOut.Reasons[cohort] = why
}

// isRefusal is true where the council has no such table, or an empty one.
func isRefusal(err error) bool {
	var refusal *unavailable.Error
	return errors.As(err, &refusal)
}

// isCohortsOwn is true where the server is there and refused one statement.
func isCohortsOwn(err error) bool {
	var server *pq.Error
	var grain *query.GrainError
	return errors.As(err, &server) || errors.As(err, &grain)
}

// fill writes the answer of each period on every day that sees it: a closed
// window is worked out once and repeated until the next one closes.
func (h *History) fill(answer *query.Result, periods []calendar.Period) {
	samples := map[calendar.Key][]keyedSample{}
	for _, p := range periods {
		found, done := samples[p.Key()]
		if !done {
			found = h.keyed(answer.Observations(p))
			samples[p.Key()] = found
		}
		day := int(p.AsOf.Sub(h.options.From) / (24 * time.Hour))
		for _, one := range found {
			one.series.values[day], one.series.known[day] = one.value, true
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
	found := h.series[key]
	if found == nil {
		found = &series{family: sample.Family.Name, values: make([]float64, h.days), known: make([]bool, h.days)}
		h.series[key] = found
		h.help[sample.Family.Name] = sample.Family.Help
	}
	return found
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
