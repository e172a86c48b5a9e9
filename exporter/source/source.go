// Package source reads a council's databases: it evaluates cohorts, lists records
// and reads the council's own tables inside one consistent, guarded transaction.
package source

import (
	"context"
	"time"

	"github.com/jmoiron/sqlx"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/guard"
	"childrens-services-exporter/exporter/postgres"
	"childrens-services-exporter/exporter/staging"
	"childrens-services-exporter/exporter/unavailable"
)

// Source is one database of the council with its staging layer and guard.
type Source struct {
	Name      string
	DB        *sqlx.DB
	Staging   *staging.Staging
	Settings  config.SourceSettings
	Catalogue *definition.Catalogue
	Calendar  *calendar.Calendar
	Guard     *Guard
	// Now is the clock; nil is that of the machine.
	Now func() time.Time

	compiled planCache
}

// ReadOptions are how a source is read.
type ReadOptions struct {
	// AsOf is the civil date that the data are seen from.
	AsOf time.Time
	// Mode is what the guard does with tables that it would hold.
	Mode guard.Mode
	// MaxRetries is how often a read is repeated while tables settle or a refresh is
	// under way; 0 reads once.
	MaxRetries int
	// RetryInterval is the wait before each of them.
	RetryInterval time.Duration
}

// Read opens a session, in which every table stays as it is and the guard has no
// objection, and calls the function with it. While an error only asks to read again
// a little later, it does so.
//
// The error is an *unavailable.Error where a refresh or the guard forbids reading
// now. What the function read may be used only if there is no error: a refresh can
// show as late as with the last cohort.
func (s *Source) Read(ctx context.Context, options ReadOptions, use func(context.Context, *Session) error) error {
	for retries := 0; ; retries++ {
		err := s.readOnce(ctx, options, use)
		if !unavailable.IsRetryable(err) || retries >= options.MaxRetries {
			return err
		}
		if err := sleep(ctx, options.RetryInterval); err != nil {
			return err
		}
	}
}

func sleep(ctx context.Context, wait time.Duration) error {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

func (s *Source) readOnce(ctx context.Context, options ReadOptions, use func(context.Context, *Session) error) error {
	if hours := s.Settings.RefreshHours; options.Mode == guard.Enforce && hours.Contain(s.now()) {
		return &unavailable.Error{Reason: unavailable.Refresh, Message: "between " + hours.String() + " the source is refreshed, and nothing is read"}
	}
	return postgres.ReadOnly(ctx, s.DB, s.Name, func(ctx context.Context, tx *postgres.Transaction) error {
		session, err := openSession(ctx, s, tx, options)
		if err != nil {
			return err
		}
		return use(ctx, session)
	})
}

func (s *Source) now() time.Time {
	if s.Now == nil {
		return calendar.London(time.Now())
	}
	return calendar.London(s.Now())
}
