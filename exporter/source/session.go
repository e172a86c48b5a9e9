package source

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/counciltables"
	"childrens-services-exporter/exporter/guard"
	"childrens-services-exporter/exporter/postgres"
	"childrens-services-exporter/exporter/staging"
	"childrens-services-exporter/exporter/unavailable"
)

// Session is an open, consistent, guarded view of a source. It is valid inside
// the function given to Read.
type Session struct {
	Plans  []*staging.Plan
	Tables []guard.TableStats
	// Empty holds the relations whose emptiness is not accepted yet.
	Empty map[string]bool
	// Unfilled explains, by relation, which dates are missing.
	Unfilled map[string]string
	Warnings []string
	// StateProblem says why the guard's state could not be read or stored, if it could not.
	StateProblem string
	// Targets are those of the council's own table, nil where it is empty and may only
	// seem so.
	Targets *counciltables.TargetTable
	// CouncilTables are the council's own commentary and events.
	CouncilTables counciltables.CommentaryTables
	// LocalCodes are the rows of the council's own table of codes.
	LocalCodes []staging.LocalCode

	source   string
	tx       *postgres.Transaction
	calendar *calendar.Calendar
	schema   *staging.Schema
	// staging is that of the source with the local codes.
	staging *staging.Staging
	// uncountable says why a relation cannot even be counted.
	uncountable map[string]string
}

// Err is why nothing of the session may be used any more, or nil. Read then ends
// with it.
func (s *Session) Err() error { return s.tx.Err() }

// openSession reads the schema and the council's own tables, compiles the cohorts,
// locks and counts the tables that they read, and applies the guard.
func openSession(ctx context.Context, src *Source, tx *postgres.Transaction, options ReadOptions) (*Session, error) {
	s := &Session{source: src.Name, tx: tx, calendar: src.Calendar, uncountable: map[string]string{}}
	if err := s.introspect(ctx, src.Settings); err != nil {
		return nil, err
	}
	if err := s.readCouncilTables(ctx, src.Guard); err != nil {
		return nil, err
	}
	s.compile(src)
	if err := s.checkRights(); err != nil {
		return nil, err
	}
	if err := s.acquireLocks(ctx); err != nil {
		return nil, err
	}
	if err := s.countTables(ctx, src.Guard, options.AsOf); err != nil {
		return nil, err
	}
	complete, err := s.readSign(ctx, src.Settings)
	if err != nil {
		return nil, err
	}
	s.withdrawUnmapped(src.Guard)
	return s, s.applyGuard(src.Guard, guard.Reading{Tables: s.Tables, Day: options.AsOf, Complete: complete}, options.Mode)
}

// readSign reads the source's own sign of completeness, where it has one.
func (s *Session) readSign(ctx context.Context, settings config.SourceSettings) (complete time.Time, err error) {
	if settings.Refreshed == "" {
		return time.Time{}, nil
	}
	var sign sql.NullTime
	err = s.tx.WithSavepoint(ctx, func(tx *sqlx.Tx) error {
		return tx.GetContext(ctx, &sign, strings.TrimRight(strings.TrimSpace(settings.Refreshed), ";"))
	})
	if err == nil && sign.Valid {
		return sign.Time, s.tx.VerifyUnchanged(ctx)
	}
	if err := s.statementFault(ctx, err); err != nil {
		return time.Time{}, err
	}
	problem := "it gives no time"
	if err != nil {
		problem = postgres.Describe(err)
	}
	return time.Time{}, &unavailable.Error{Reason: unavailable.Refresh, Message: "the source does not say when its last refresh was complete (sources: refreshed in the settings): " + problem}
}

// withdrawUnmapped withdraws what rests on a column of codes whose words are mostly unknown: it would be a false number, and
// a false 0 most of all.
func (s *Session) withdrawUnmapped(g *Guard) {
	for _, stats := range s.Tables {
		for _, column := range slices.Sorted(maps.Keys(stats.Codes)) {
			if !stats.Codes[column].MostlyUnmapped(g.policy) {
				continue
			}
			for _, plan := range s.Plans {
				s.staging.WithdrawUnmapped(plan, stats.Relation, column)
			}
		}
	}
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

// checkRights ends a session in which no cohort can be read for want of rights: the
// source as a whole is not up then, as after a revoked right to its schema.
func (s *Session) checkRights() error {
	refused := ""
	for _, plan := range s.Plans {
		if plan.Missing == "" {
			return nil
		}
		if refused == "" && plan.RightMissing {
			refused = plan.Missing
		}
	}
	if refused == "" {
		return nil
	}
	return &rightsError{refused + ", nor anything else that an indicator needs; does the login have usage of the schema?"}
}

// rightsError says that the login may read nothing.
type rightsError struct{ message string }

func (e *rightsError) Error() string { return e.message }

// Explain gives the text, which quotes no row.
func (e *rightsError) Explain() string { return e.message }

// acquireLocks locks all tables and then verifies that none of them was emptied or
// recreated after the transaction's view of the database began.
func (s *Session) acquireLocks(ctx context.Context) error {
	results := map[string]error{}
	for _, plan := range s.Plans {
		for _, statement := range plan.LockStatements {
			if plan.Missing != "" {
				break
			}
			err, done := results[statement]
			if !done {
				if err = s.tx.AcquireLock(ctx, statement); s.tx.Err() != nil {
					return s.tx.Err()
				}
				results[statement] = err
			}
			if err := markUnavailable(plan, statement, err); err != nil {
				return err
			}
		}
		if plan.Missing == "" {
			s.tx.RequireTables(plan.TableOIDs...)
		}
	}
	return s.tx.VerifyUnchanged(ctx)
}

// markUnavailable switches off the one cohort whose lock failed, unless a refresh
// is the cause. A council's own SELECT may name a table that was never there, which
// is no refresh.
func markUnavailable(plan *staging.Plan, statement string, lockErr error) error {
	if lockErr == nil {
		return nil
	}
	refreshErr := postgres.RefreshError(lockErr)
	override := slices.Contains(plan.OverrideStatements, statement)
	if refreshErr != nil && (postgres.IsLockTimeout(lockErr) || !override) {
		return refreshErr
	}
	plan.Missing, plan.Reason, plan.TableMissing = postgres.Describe(lockErr), unavailable.Missing, refreshErr != nil
	return nil
}

// countTables counts every relation that a cohort reads. One that fails switches
// off the cohorts that read it and no others.
func (s *Session) countTables(ctx context.Context, g *Guard, today time.Time) error {
	needed, missingOptional := map[string]bool{}, map[string]bool{}
	for _, plan := range s.Plans {
		for _, relation := range slices.Sorted(maps.Keys(plan.MissingTables)) {
			if plan.Missing == "" && g.hadRows(relation) {
				// It may just be recreated: the last values of all that reads it stay.
				plan.Missing, plan.Reason, plan.TableMissing = plan.MissingTables[relation], unavailable.Missing, true
			}
		}
		if plan.Missing != "" {
			continue
		}
		for _, relation := range plan.Relations {
			needed[relation] = true
		}
		for _, relation := range plan.MissingOptional {
			missingOptional[relation] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(missingOptional)) {
		if g.hadRows(name) {
			// It is there on other days, so that today it is being recreated.
			s.Tables = append(s.Tables, guard.TableStats{Relation: name})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(needed)) {
		var stats guard.TableStats
		err := s.tx.WithSavepoint(ctx, func(tx *sqlx.Tx) (err error) {
			stats, err = s.staging.CountTable(ctx, tx, s.schema, name, today)
			return err
		})
		if err == nil {
			s.Tables = append(s.Tables, stats)
			continue
		}
		if err := s.statementFault(ctx, err); err != nil {
			return err
		}
		s.uncountable[name] = "relation " + name + " cannot be counted: " + postgres.Describe(err)
	}
	return s.tx.VerifyUnchanged(ctx)
}

// statementFault gives the error that ends the session where a statement behind a
// savepoint failed, and nil where the fault is of that statement alone.
func (s *Session) statementFault(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	var statement *postgres.StatementError
	if !errors.As(err, &statement) || ctx.Err() != nil {
		return err
	}
	return postgres.RefreshError(err)
}

// applyGuard holds the session back where the guard objects to its tables.
func (s *Session) applyGuard(g *Guard, reading guard.Reading, mode guard.Mode) error {
	verdict, stateErr := g.check(reading, mode)
	var messages []string
	// In alphabetical order the reasons to wait for a person come first.
	reasons := slices.Sorted(maps.Keys(verdict.Held))
	for _, reason := range reasons {
		messages = append(messages, verdict.Held[reason])
	}
	if stateErr != nil {
		messages = append(messages, stateErr.Error())
		s.StateProblem = stateErr.Error()
	}
	if len(reasons) > 0 {
		return &unavailable.Error{Reason: reasons[0], Message: strings.Join(messages, "; ")}
	}
	s.Empty, s.Unfilled, s.Warnings = verdict.Empty, verdict.Unfilled, verdict.Warnings
	if s.Empty[targetTable] {
		s.Targets = nil
	}
	if s.Empty[codeTable] {
		return &unavailable.Error{Reason: unavailable.Empty, Message: "table " + codeTable + " is empty, which is not accepted yet; collect -accept accepts it"}
	}
	return nil
}
