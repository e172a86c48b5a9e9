package collector

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"sync/atomic"
	"time"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/commentary"
	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/counciltables"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/definition/query"
	"childrens-services-exporter/exporter/guard"
	"childrens-services-exporter/exporter/postgres"
	"childrens-services-exporter/exporter/rag"
	"childrens-services-exporter/exporter/source"
	"childrens-services-exporter/exporter/staging"
	"childrens-services-exporter/exporter/unavailable"
)

// Options set how a source is collected.
type Options struct {
	// Interval lies between two collections, give or take a tenth.
	Interval time.Duration
	// RetryInterval is the wait while tables settle or a refresh is under way.
	RetryInterval time.Duration
	// PeriodInterval lies between two readings of the scorecard's periods; 0 reads none.
	PeriodInterval time.Duration
	// MaxSeries is the largest number of samples one cohort may publish.
	MaxSeries int
	// PublicPeriod is the kind of period at whose end the public page changes.
	PublicPeriod calendar.Kind
	// PublicDelay is how many working days after its end a period is published,
	// so that late records are in it.
	PublicDelay int
	// StateDir keeps the public values of a period across restarts; empty keeps
	// them in memory. Only one process may be given it.
	StateDir string
	// RAG judges what is kept of a meeting, on the days of Meetings.
	RAG      rag.Policy
	Meetings []time.Time
	// Commentary knows what the council's tables may speak of; without it none is read.
	Commentary commentary.Reader
	// Now is the clock.
	Now func() time.Time
	Log *slog.Logger
}

// Collector collects one source and keeps its state.
type Collector struct {
	source  *source.Source
	options Options
	state   atomic.Pointer[State]
	// first holds the values as they were first reported.
	first *rag.FirstReportedStore
}

// New makes a collector with an empty state.
func New(source *source.Source, options Options) *Collector {
	c := &Collector{source: source, options: options, first: rag.OpenFirstReported(options.StateDir, source.Name, options.Now())}
	config.LogNew(options.Log, c.first.Issues(), nil, "source", source.Name)
	blank := &State{Source: source.Name}
	for _, cohort := range source.Catalogue.Cohorts {
		if cohort.Source == source.Name {
			blank.Cohorts = append(blank.Cohorts, CohortState{Cohort: cohort})
		}
	}
	if err := c.recall(blank.Cohorts); err != nil {
		options.Log.Warn("the public page may change", "source", source.Name, "why", err)
	}
	c.recallTargets(blank)
	c.state.Store(blank)
	return c
}

// State is the latest state. It must not be changed.
func (c *Collector) State() *State { return c.state.Load() }

// Calendar is that of the source.
func (c *Collector) Calendar() *calendar.Calendar { return c.source.Calendar }

// Run collects until the context ends. One collection never overlaps another of
// the same source, and sources do not wait for each other.
func (c *Collector) Run(ctx context.Context) {
	// The first values are served before the scorecard's twenty periods are asked
	// for: a screen that was dark waits for today's.
	scored := c.options.PeriodInterval == 0
	for {
		wait := c.options.Interval
		err := c.collect(ctx, false, scored)
		// What a guard holds back is looked at no sooner: it is believed after some
		// readings, and a long refresh must not see those pass in a minute.
		if unavailable.IsRetryable(err) || err == nil && !scored {
			wait = min(wait, c.options.RetryInterval)
		}
		scored = scored || err == nil
		select {
		case <-ctx.Done():
			return
		case <-time.After(jittered(wait)):
		}
	}
}

// jittered keeps several exporters, and the sources of one, from asking a server
// at the same moment.
func jittered(wait time.Duration) time.Duration {
	return wait + time.Duration((rand.Float64()-0.5)*0.2*float64(wait))
}

// Collect reads the source once and publishes a new state. With accept it
// believes tables that a guard would hold. The error is the one that kept the
// whole source from being read, already logged.
func (c *Collector) Collect(ctx context.Context, accept bool) error {
	return c.collect(ctx, accept, true)
}

func (c *Collector) collect(ctx context.Context, accept, scored bool) error {
	began := c.options.Now()
	next := *c.State()
	next.Held, next.Problem = nil, ""
	today := calendar.Today(began)
	cohorts := append([]CohortState{}, next.Cohorts...)
	var tables []guard.TableStats
	targets := newTargets{collector: c}
	var said counciltables.CommentaryTables
	mode := guard.Enforce
	if accept {
		mode = guard.AcceptAndStore
	}
	err := c.source.Read(ctx, source.ReadOptions{AsOf: today, Mode: mode}, func(ctx context.Context, reading *source.Session) error {
		tables = reading.Tables
		for _, note := range reading.Warnings {
			c.options.Log.Warn("a sudden change was accepted", "source", c.source.Name, "change", note)
		}
		targets.take(reading.Targets)
		said = reading.CouncilTables
		for i, plan := range reading.Plans {
			evaluated, err := c.evaluate(ctx, reading, plan, next.cohort(plan.Cohort.Name), today)
			if err != nil {
				return err
			}
			cohorts[i] = evaluated
		}
		if !scored || c.options.PeriodInterval == 0 {
			return nil
		}
		return c.scorecards(ctx, reading, cohorts, today)
	})
	if err != nil {
		targets.giveBack()
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	next.Attempted = c.options.Now()
	if err == nil {
		if opened(next.Cohorts, cohorts) {
			if err := c.keep(cohorts); err != nil {
				c.options.Log.Warn("the public page may change", "source", c.source.Name, "why", err)
			}
		}
		next.Up, next.Succeeded, next.Cohorts, next.Tables = true, next.Attempted, cohorts, tables
		next.Newest = newest(tables)
		targets.settle(&next)
		c.settleBook(&next, said)
		c.keepFirst(next.Cohorts, next.Newest, today)
	}
	c.conclude(&next, began, err)
	c.state.Store(&next)
	return err
}

// opened reports whether a cohort has a period for the public that it had not.
func opened(before, after []CohortState) bool {
	for i := range after {
		if after[i].PublishedPeriod != before[i].PublishedPeriod || before[i].PublishedSeries == nil && after[i].PublishedSeries != nil {
			return true
		}
	}
	return false
}

// newest is the date of the latest event of all tables. It may go back: a visit
// that was entered by mistake must not make a source look fresh for ever.
func newest(tables []guard.TableStats) time.Time {
	var latest time.Time
	for _, table := range tables {
		if table.Newest.After(latest) {
			latest = table.Newest
		}
	}
	return latest
}

// conclude says, in the state and in the log, how a collection ended.
func (c *Collector) conclude(next *State, began time.Time, err error) {
	log := c.options.Log.With("source", c.source.Name)
	var refusal *unavailable.Error
	switch {
	case err == nil:
		log.Info("collected", "cohorts", len(next.Cohorts), "duration", next.Attempted.Sub(began))
	case errors.As(err, &refusal):
		next.Up, next.Held = true, map[unavailable.Reason]string{refusal.Reason: refusal.Message}
		next.Problem = refusal.Message
		log.Warn("held back; the last good values stay", "reason", refusal.Reason, "why", refusal.Message)
	default:
		next.Up, next.Problem = false, postgres.Describe(err)
		log.Error("cannot read the source; the last good values stay until they expire", "why", next.Problem)
	}
}

// evaluate gives a cohort's new state. Only an error that spoils the whole
// transaction is returned; a cohort's own failure keeps its last values.
func (c *Collector) evaluate(ctx context.Context, reading *source.Session, plan *staging.Plan, before CohortState, today time.Time) (CohortState, error) {
	after := before
	after.Cohort, after.Problem, after.Reason = plan.Cohort, "", ""
	live := c.livePeriods(plan.Cohort, today)
	reported, label := c.reportedPeriods(plan.Cohort, today)
	asked := live
	opens := label != before.PublishedPeriod || before.PublishedSeries == nil
	if opens {
		asked = append(append([]calendar.Period{}, live...), reported...)
	}
	began := time.Now()
	answer, err := reading.Evaluate(ctx, plan, asked)
	var series []definition.PeriodObservation
	if err == nil && opens {
		series, err = c.series(ctx, reading, plan, c.publicSeries(plan.Cohort, today))
	}
	if err == nil {
		after.Duration = time.Since(began)
		err = c.fill(&after, answer, live, reported, label)
	}
	if err == nil && opens {
		after.PublishedSeries = append([]definition.PeriodObservation{}, series...)
	}
	if err == nil {
		after.Succeeded = c.options.Now()
		return after, nil
	}
	if ctx.Err() != nil || reading.Err() != nil {
		return after, err
	}
	after.Reason, after.Problem = unavailable.Failed, postgres.Describe(err)
	if refusal, ok := errors.AsType[*unavailable.Error](err); ok {
		after.Reason, after.Problem = refusal.Reason, refusal.Message
	}
	if before.Problem != after.Problem {
		c.options.Log.Warn("a cohort is unavailable", "source", c.source.Name, "cohort", plan.Cohort.Name, "why", after.Problem)
	}
	if after.Reason == unavailable.Missing && !plan.TableMissing {
		// Not a passing fault: the column is gone, and old values would only age. A
		// table that is gone altogether may just be recreated.
		after.Live = nil
	}
	return after, nil
}

func (c *Collector) fill(state *CohortState, answer *query.Result, live, reported []calendar.Period, label string) error {
	var readings []definition.Observation
	series := 0
	for _, p := range live {
		for _, reading := range answer.Observations(p) {
			series += len(reading.Samples())
			readings = append(readings, reading)
		}
		state.Rows = answer.Rows(p)
	}
	if series > c.options.MaxSeries {
		return &unavailable.Error{Reason: unavailable.TooManySeries, Message: fmt.Sprintf("it has %d samples, more than the %d allowed; raise CSE_MAX_SERIES or drop a breakdown", series, c.options.MaxSeries)}
	}
	state.Live = readings
	if label != state.PublishedPeriod {
		state.Published = nil
		for _, p := range reported {
			state.Published = append(state.Published, answer.Observations(p)...)
		}
		state.PublishedPeriod = label
	}
	return nil
}
