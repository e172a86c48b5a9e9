package source

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/counciltables"
	"childrens-services-exporter/exporter/definition/query"
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
	Empty    map[string]bool
	Warnings []string
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
	plan.Missing, plan.TableMissing = postgres.Describe(lockErr), refreshErr != nil
	return nil
}

// countTables counts every relation that a cohort reads. One that fails switches
// off the cohorts that read it and no others.
func (s *Session) countTables(ctx context.Context, g *Guard, today time.Time) error {
	needed, missingOptional := map[string]bool{}, map[string]bool{}
	for _, plan := range s.Plans {
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
	var statement *postgres.StatementError
	if !errors.As(err, &statement) || ctx.Err() != nil {
		return err
	}
	return postgres.RefreshError(err)
}

// Evaluate runs a cohort for the periods behind a savepoint: a cohort that fails
// leaves the others their values.
func (s *Session) Evaluate(ctx context.Context, plan *staging.Plan, periods []calendar.Period) (*query.Result, error) {
	return s.evaluate(ctx, plan, plan.Statement, periods)
}

// EvaluateTotals runs a cohort for the periods without its breakdowns.
func (s *Session) EvaluateTotals(ctx context.Context, plan *staging.Plan, periods []calendar.Period) (*query.Result, error) {
	return s.evaluate(ctx, plan, plan.Totals, periods)
}

func (s *Session) evaluate(ctx context.Context, plan *staging.Plan, statement *query.Statement, periods []calendar.Period) (*query.Result, error) {
	if err := s.checkReady(plan); err != nil {
		return nil, err
	}
	var rows []query.Row
	var result *query.Result
	err := s.tx.WithSavepoint(ctx, func(tx *sqlx.Tx) (err error) {
		if rows, err = queryRows(ctx, tx, statement, query.Arguments(s.calendar, calendar.Unique(periods))); err == nil {
			result, err = query.NewResult(statement, rows)
		}
		return err
	})
	var statementErr *postgres.StatementError
	switch {
	case errors.As(err, &statementErr):
		return nil, fmt.Errorf("cohort %s: %w", plan.Cohort.Name, err)
	case err != nil:
		return nil, err
	}
	return result, s.tx.VerifyUnchanged(ctx)
}

// checkReady refuses a cohort that lacks a table, or reads one that is empty and
// may only seem so.
func (s *Session) checkReady(plan *staging.Plan) error {
	if plan.Missing != "" {
		return &unavailable.Error{Reason: unavailable.Missing, Message: plan.Missing}
	}
	for _, relation := range plan.Relations {
		if message := s.uncountable[relation]; message != "" {
			return &unavailable.Error{Reason: unavailable.Failed, Message: message}
		}
	}
	for _, relation := range slices.Concat(plan.Relations, plan.MissingOptional) {
		if s.Empty[relation] {
			return &unavailable.Error{Reason: unavailable.Empty, Message: "relation " + relation + " is empty, which is not believed yet; collect -accept believes it"}
		}
	}
	return nil
}

func queryRows(ctx context.Context, tx *sqlx.Tx, statement *query.Statement, arguments []any) ([]query.Row, error) {
	rows, err := tx.QueryxContext(ctx, statement.SQL, arguments...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	labels, values := statement.Columns()
	var list []query.Row
	for rows.Next() {
		row := query.Row{Labels: make([]string, labels), Values: make([]*float64, values)}
		labelValues := make([]sql.NullString, labels)
		into := []any{&row.Kind, &row.Ends, &row.Grouping}
		for i := range labelValues {
			into = append(into, &labelValues[i])
		}
		for i := range row.Values {
			into = append(into, &row.Values[i])
		}
		if err := rows.Scan(append(into, &row.Rows, &row.Repeated)...); err != nil {
			return nil, err
		}
		for i, label := range labelValues {
			row.Labels[i] = strings.ToValidUTF8(label.String, "")
		}
		for _, value := range row.Values {
			if value != nil && (math.IsNaN(*value) || math.IsInf(*value, 0)) {
				return nil, &unavailable.Error{Reason: unavailable.Failed, Message: "an amount is not a finite number; look for NaN or Infinity in the columns that it rests on"}
			}
		}
		list = append(list, row)
	}
	return list, rows.Err()
}
