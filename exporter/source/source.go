// Package source reads a council's databases: it evaluates cohorts, lists records
// and reads the council's own tables inside one consistent, guarded transaction.
package source

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
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
	return postgres.ReadOnly(ctx, s.DB, s.Name, func(ctx context.Context, tx *postgres.Transaction) error {
		session, err := s.open(ctx, tx, options)
		if err != nil {
			return err
		}
		return use(ctx, session)
	})
}

// open reads the schema and the council's own tables, compiles the cohorts, locks
// and counts the tables that they read, and asks the guard.
func (s *Source) open(ctx context.Context, tx *postgres.Transaction, options ReadOptions) (*Session, error) {
	session := &Session{source: s.Name, tx: tx, calendar: s.Calendar, uncountable: map[string]string{}}
	if err := session.introspect(ctx, s.Settings); err != nil {
		return nil, err
	}
	if err := session.readLocalCodes(ctx); err != nil {
		return nil, err
	}
	session.compile(s)
	if err := session.readTargets(ctx, s.Guard); err != nil {
		return nil, err
	}
	if err := session.readCommentary(ctx); err != nil {
		return nil, err
	}
	if err := session.acquireLocks(ctx); err != nil {
		return nil, err
	}
	if err := session.countTables(ctx, s.Guard, options.AsOf); err != nil {
		return nil, err
	}
	return session, session.applyGuard(s.Guard, options.Mode)
}

func (s *Session) introspect(ctx context.Context, settings config.SourceSettings) error {
	err := s.tx.WithSavepoint(ctx, func(tx *sqlx.Tx) (err error) {
		s.schema, err = staging.Introspect(ctx, tx, settings.Schema, settings.Prefix)
		return err
	})
	if err != nil {
		return fmt.Errorf("%s: %w", s.source, err)
	}
	return nil
}

// compile prepares the cohorts for the schema and the council's own codes.
func (s *Session) compile(src *Source) {
	var unused int64
	s.staging, s.Plans, unused = src.compiled.prepare(src, s.schema, s.LocalCodes)
	for _, stats := range s.Tables {
		if stats.Relation == codeTable {
			stats.Checks[codeTable+" of no column that is mapped"] = unused
		}
	}
}

// applyGuard holds the session back where the guard objects to its tables.
func (s *Session) applyGuard(g *Guard, mode guard.Mode) error {
	verdict, stateErr := g.check(s.Tables, mode)
	var messages []string
	// In alphabetical order the reasons to wait for a person come first.
	reasons := slices.Sorted(maps.Keys(verdict.Held))
	for _, reason := range reasons {
		messages = append(messages, verdict.Held[reason])
	}
	if stateErr != nil {
		messages = append(messages, stateErr.Error())
		verdict.Warnings = append(verdict.Warnings, stateErr.Error())
	}
	if len(reasons) > 0 {
		return &unavailable.Error{Reason: reasons[0], Message: strings.Join(messages, "; ")}
	}
	s.Empty, s.Warnings = verdict.Empty, verdict.Warnings
	if s.Empty[targetTable] {
		s.Targets = nil
	}
	if s.Empty[codeTable] {
		return &unavailable.Error{Reason: unavailable.Empty, Message: "table " + codeTable + " is empty, which is not believed yet; collect -accept believes it"}
	}
	return nil
}
