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
	"childrens-services-exporter/exporter/definition/query"
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
	staging  *Staging
	words    []localWord
	tx       *sqlx.Tx
	calendar *calendar.Calendar
	// needed are the tables that must be held, by oid.
	needed []int64
	// unreadable says why a relation cannot even be counted.
	unreadable map[string]string
	// spoilt is why nothing of the reading may be believed, if anything.
	spoilt error
}

// Err is why nothing of the reading may be believed any more, or nil. It is
// what Read then ends with.
func (r *Session) Err() error { return r.spoilt }

// readTables counts every relation that a cohort reads. One that fails switches
// off the cohorts that read it and no others.
func (r *Session) readTables(ctx context.Context, s *Source, shape *Schema, today time.Time) error {
	needed, lacked := map[string]bool{}, map[string]bool{}
	for _, plan := range r.Plans {
		if plan.Missing != "" {
			continue
		}
		for _, relation := range plan.Relations {
			needed[relation] = true
		}
		for _, relation := range plan.lacks {
			lacked[relation] = true
		}
	}
	for _, name := range sortedKeys(lacked) {
		if s.Guard.filled(name) {
			// It is there on other days, so that today it is being recreated.
			r.Tables = append(r.Tables, TableStats{Relation: name})
		}
	}
	for _, name := range sortedKeys(needed) {
		var table TableStats
		fault, err := r.attempt(ctx, func() (err error) {
			table, err = r.staging.readTable(ctx, r.tx, shape, name, today)
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
			if refusal := refreshing(fault); refusal != nil {
				return refusal
			}
			r.unreadable[name] = "relation " + name + " cannot be counted: " + Describe(fault)
		}
	}
	return r.unchanged(ctx)
}

// Evaluate runs one cohort for the periods, each behind a savepoint: one bad
// cohort does not spoil the others.
func (r *Session) Evaluate(ctx context.Context, plan *Plan, periods []calendar.Period) (*query.Result, error) {
	return r.evaluate(ctx, plan, plan.Statement, periods)
}

// EvaluateTotals runs one cohort for the periods without its breakdowns.
func (r *Session) EvaluateTotals(ctx context.Context, plan *Plan, periods []calendar.Period) (*query.Result, error) {
	return r.evaluate(ctx, plan, plan.Totals, periods)
}

func (r *Session) evaluate(ctx context.Context, plan *Plan, statement *query.Statement, periods []calendar.Period) (*query.Result, error) {
	if err := r.ready(plan); err != nil {
		return nil, err
	}
	var answer *query.Result
	fault, err := r.attempt(ctx, func() (err error) {
		answer, err = r.query(ctx, statement, periods)
		return err
	})
	if err != nil {
		return nil, err
	}
	if fault != nil {
		return nil, fmt.Errorf("cohort %s: %w", plan.Cohort.Name, fault)
	}
	return answer, r.unchanged(ctx)
}

// ready refuses a cohort that lacks a table, or rests on one that is empty and
// may only seem so.
func (r *Session) ready(plan *Plan) error {
	if plan.Missing != "" {
		return &UnavailableError{"missing", plan.Missing}
	}
	for _, relation := range plan.Relations {
		if why := r.unreadable[relation]; why != "" {
			return &UnavailableError{"failed", why}
		}
	}
	for _, relation := range slices.Concat(plan.Relations, plan.lacks) {
		if r.Empty[relation] {
			return &UnavailableError{"empty", "relation " + relation + " is empty, which is not believed yet; collect -accept believes it"}
		}
	}
	return nil
}

func (r *Session) query(ctx context.Context, statement *query.Statement, periods []calendar.Period) (*query.Result, error) {
	rows, err := r.tx.QueryxContext(ctx, statement.SQL, query.Arguments(r.calendar, calendar.Unique(periods))...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	labels, values := statement.Columns()
	var answered []query.Row
	for rows.Next() {
		row := query.Row{Labels: make([]string, labels), Values: make([]*float64, values)}
		hidden := make([]sql.NullString, labels)
		into := []any{&row.Kind, &row.Ends, &row.Grouping}
		for i := range hidden {
			into = append(into, &hidden[i])
		}
		for i := range row.Values {
			into = append(into, &row.Values[i])
		}
		if err := rows.Scan(append(into, &row.Rows, &row.Repeated)...); err != nil {
			return nil, err
		}
		for i, label := range hidden {
			row.Labels[i] = strings.ToValidUTF8(label.String, "")
		}
		for _, value := range row.Values {
			if value != nil && (math.IsNaN(*value) || math.IsInf(*value, 0)) {
				return nil, &UnavailableError{"failed", "an amount is not a finite number; look for NaN or Infinity in the columns that it rests on"}
			}
		}
		answered = append(answered, row)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	return query.NewResult(statement, answered)
}
