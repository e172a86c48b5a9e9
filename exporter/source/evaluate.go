package source

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/jmoiron/sqlx"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition/query"
	"childrens-services-exporter/exporter/postgres"
	"childrens-services-exporter/exporter/staging"
	"childrens-services-exporter/exporter/unavailable"
)

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
		if err == nil {
			result.Withdraw(plan.IsWithdrawn)
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
		return &unavailable.Error{Reason: plan.Reason, Message: plan.Missing}
	}
	for _, relation := range plan.Relations {
		if message := s.uncountable[relation]; message != "" {
			return &unavailable.Error{Reason: unavailable.Failed, Message: message}
		}
		if message := s.Unfilled[relation]; message != "" {
			return &unavailable.Error{Reason: unavailable.Unfilled, Message: message}
		}
	}
	for _, relation := range slices.Concat(plan.Relations, plan.MissingOptional) {
		if s.Empty[relation] {
			return &unavailable.Error{Reason: unavailable.Empty, Message: "relation " + relation + " is empty, which is not accepted yet; collect -accept accepts it"}
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
