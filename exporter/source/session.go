package source

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/counciltables"
	"childrens-services-exporter/exporter/definition"
)

// Session is an open, consistent, guarded view of a source. It is valid inside
// the function given to Read.
type Session struct {
	Plans  []*Plan
	Tables []TableStats
	// Empty holds the relations whose emptiness is not believed yet.
	Empty    map[string]bool
	Warnings []string
	// Targets are the council's own, nil where its table is empty and may only seem so.
	Targets *counciltables.TargetTable
	// CouncilTables is what the council says of its numbers in tables.
	CouncilTables counciltables.CommentaryTables

	source string
	// staging knows the council's own words.
	staging    *Staging
	localCodes []localCode
	tx         *sqlx.Tx
	calendar   *calendar.Calendar
	// requiredTables are the tables that must be held, by oid.
	requiredTables []int64
	// unreadable says why a relation cannot even be counted.
	unreadable map[string]string
	// abortErr is why nothing of the reading may be believed, if anything.
	abortErr error
}

// Err is why nothing of the reading may be believed any more, or nil. It is
// what Read then ends with.
func (r *Session) Err() error { return r.abortErr }

// readTables counts every relation that a cohort reads. One that fails switches
// off the cohorts that read it and no others.
func (r *Session) readTables(ctx context.Context, s *Source, schema *Schema, today time.Time) error {
	needed, missingOptional := map[string]bool{}, map[string]bool{}
	for _, plan := range r.Plans {
		if plan.Missing != "" {
			continue
		}
		for _, relation := range plan.Relations {
			needed[relation] = true
		}
		for _, relation := range plan.missingOptional {
			missingOptional[relation] = true
		}
	}
	for _, name := range sortedKeys(missingOptional) {
		if s.Guard.hadRows(name) {
			// It is there on other days, so that today it is being recreated.
			r.Tables = append(r.Tables, TableStats{Relation: name})
		}
	}
	for _, name := range sortedKeys(needed) {
		var table TableStats
		fault, err := r.withSavepoint(ctx, func() (err error) {
			table, err = r.staging.countTable(ctx, r.tx, schema, name, today)
			return err
		})
		switch {
		case err != nil:
			return err
		case fault == nil:
			r.Tables = append(r.Tables, table)
		case ctx.Err() != nil:
			return fault
		default:
			if unavailable := refreshError(fault); unavailable != nil {
				return unavailable
			}
			r.unreadable[name] = "relation " + name + " cannot be counted: " + Describe(fault)
		}
	}
	return r.verifyUnchanged(ctx)
}

// Evaluate runs one cohort for the periods, each behind a savepoint: one bad
// cohort does not spoil the others.
func (r *Session) Evaluate(ctx context.Context, plan *Plan, periods []calendar.Period) (*definition.Result, error) {
	return r.evaluate(ctx, plan, plan.Statement, periods)
}

// EvaluateTotals runs one cohort for the periods without its breakdowns.
func (r *Session) EvaluateTotals(ctx context.Context, plan *Plan, periods []calendar.Period) (*definition.Result, error) {
	return r.evaluate(ctx, plan, plan.Totals, periods)
}

func (r *Session) evaluate(ctx context.Context, plan *Plan, statement *definition.Statement, periods []calendar.Period) (*definition.Result, error) {
	if err := r.checkReady(plan); err != nil {
		return nil, err
	}
	var result *definition.Result
	fault, err := r.withSavepoint(ctx, func() (err error) {
		result, err = r.queryResult(ctx, statement, periods)
		return err
	})
	if err != nil {
		return nil, err
	}
	if fault != nil {
		return nil, fmt.Errorf("cohort %s: %w", plan.Cohort.Name, fault)
	}
	return result, r.verifyUnchanged(ctx)
}

// checkReady refuses a cohort that lacks a table, or rests on one that is empty and
// may only seem so.
func (r *Session) checkReady(plan *Plan) error {
	if plan.Missing != "" {
		return &UnavailableError{"missing", plan.Missing}
	}
	for _, relation := range plan.Relations {
		if message := r.unreadable[relation]; message != "" {
			return &UnavailableError{"failed", message}
		}
	}
	for _, relation := range slices.Concat(plan.Relations, plan.missingOptional) {
		if r.Empty[relation] {
			return &UnavailableError{"empty", "relation " + relation + " is empty, which is not believed yet; collect -accept believes it"}
		}
	}
	return nil
}

func (r *Session) queryResult(ctx context.Context, statement *definition.Statement, periods []calendar.Period) (*definition.Result, error) {
	rows, err := r.tx.QueryxContext(ctx, statement.SQL, definition.Arguments(r.calendar, calendar.Unique(periods))...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	labels, values := statement.Columns()
	var resultRows []definition.Row
	for rows.Next() {
		row := definition.Row{Labels: make([]string, labels), Values: make([]*float64, values)}
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
				return nil, &UnavailableError{"failed", "an amount is not a finite number; look for NaN or Infinity in the columns that it rests on"}
			}
		}
		resultRows = append(resultRows, row)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	return definition.NewResult(statement, resultRows)
}
