// Package collector evaluates the sources in the background and publishes each
// snapshot, so that a scrape only ever reads memory.
package collector

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"sync/atomic"
	"time"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/evaluate"
	"childrens-services-exporter/exporter/guard"
	"childrens-services-exporter/exporter/source"
	"childrens-services-exporter/exporter/unavailable"
)

// Options set how often a source is collected.
type Options struct {
	// Interval lies between two collections, give or take a tenth.
	Interval time.Duration
	// RetryInterval is the wait before a retry while tables settle or a refresh is
	// under way.
	RetryInterval time.Duration
	// PeriodInterval lies between two evaluations of the report periods; 0 evaluates none.
	PeriodInterval time.Duration
	// Targets are the targets in force, which the collectors of all sources share.
	Targets *Targets
	// Published is called with each snapshot once it is served; nil calls nothing.
	Published func(*evaluate.Snapshot)
	// Now is the clock.
	Now func() time.Time
	Log *slog.Logger
}

// Collector collects one source and serves its latest snapshot.
type Collector struct {
	evaluator *evaluate.Evaluator
	options   Options
	snapshot  atomic.Pointer[evaluate.Snapshot]
}

// New makes a collector that serves what outlived a restart.
func New(evaluator *evaluate.Evaluator, options Options) *Collector {
	c := &Collector{evaluator: evaluator, options: options}
	c.snapshot.Store(evaluator.Initial())
	options.Targets.join(c)
	return c
}

// Snapshot is the latest snapshot. It must not be changed.
func (c *Collector) Snapshot() *evaluate.Snapshot { return c.snapshot.Load() }

// Run collects on the interval until the context ends, and retries sooner while tables
// settle or a refresh is under way. One collection never overlaps another of the same
// source, and sources do not wait for each other.
func (c *Collector) Run(ctx context.Context) {
	// The first collection has live values only and serves them at once: the twenty
	// report periods take longer, and screens are blank until then.
	withPeriods := c.options.PeriodInterval == 0
	for {
		wait := c.options.Interval
		err := c.Collect(ctx, Request{WithoutPeriods: !withPeriods})
		// A source that the guard holds back is not retried sooner: its tables are
		// accepted after some reads, which a long refresh must not use up in a minute.
		if unavailable.IsRetryable(err) || err == nil && !withPeriods {
			wait = min(wait, c.options.RetryInterval)
		}
		withPeriods = withPeriods || err == nil
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

// Request is how a source is collected once.
type Request struct {
	// WithoutPeriods leaves the report periods as they are.
	WithoutPeriods bool
	// Accept accepts tables that the guard holds back, from now on.
	Accept bool
	// MaxRetries is how often the source is read again while its tables settle.
	MaxRetries int
}

// Collect reads the source once and serves the new snapshot. The error is that of the
// whole source, already logged; a cohort that fails is none.
func (c *Collector) Collect(ctx context.Context, request Request) error {
	began := c.options.Now()
	evaluation := evaluate.Request{
		Read:     source.ReadOptions{AsOf: calendar.Today(began), MaxRetries: request.MaxRetries, RetryInterval: c.options.RetryInterval},
		Previous: c.Snapshot(), Targets: c.options.Targets.current(), Live: true, Published: true,
	}
	if request.Accept {
		evaluation.Read.Mode = guard.AcceptAndStore
	}
	if !request.WithoutPeriods && c.options.PeriodInterval > 0 {
		evaluation.Periods = evaluate.PeriodRequest{Served: true, Interval: c.options.PeriodInterval}
	}
	next, err := c.evaluator.Evaluate(ctx, evaluation)
	if next == nil {
		return err
	}
	next = c.options.Targets.publish(c, next)
	c.log(next, next.Attempted.Sub(began), err)
	if c.options.Published != nil {
		c.options.Published(next)
	}
	return err
}

// log writes how a collection ended.
func (c *Collector) log(next *evaluate.Snapshot, duration time.Duration, err error) {
	log := c.options.Log.With("source", next.Source)
	var guardErr *unavailable.Error
	switch {
	case err == nil:
		log.Info("collected", "cohorts", len(next.Cohorts), "duration", duration)
	case errors.As(err, &guardErr):
		log.Warn("held back; the last good values stay", "reason", guardErr.Reason, "err", guardErr.Message)
	default:
		log.Error("cannot read the source; the last good values stay until they expire", "err", next.Problem)
	}
}
