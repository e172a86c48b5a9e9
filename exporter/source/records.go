package source

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/jmoiron/sqlx"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/definition/query"
	"childrens-services-exporter/exporter/staging"
	"childrens-services-exporter/exporter/unavailable"
)

// Records are the rows behind one number, the header first.
type Records struct {
	Columns []string
	Rows    [][]string
}

// Records lists the rows that an indicator counts in a period, for one team or,
// if team is empty, for all. They identify children: they are for an authorised
// analyst at a terminal and are never served over HTTP.
func (s *Session) Records(ctx context.Context, c *definition.Catalogue, indicator *definition.Indicator, p calendar.Period, team string) (Records, error) {
	for _, plan := range s.Plans {
		if plan.Cohort != indicator.Cohort {
			continue
		}
		if err := s.checkReady(plan); err != nil {
			return Records{}, err
		}
		if withdrawal, withdrawn := staging.FindWithdrawal(plan.Withdrawn, indicator, ""); withdrawn {
			return Records{}, &unavailable.Error{Reason: withdrawal.Reason, Message: withdrawal.Message}
		}
		statement, err := query.CompileRecords(c, indicator, query.RecordOptions{Relations: plan.RelationSQL, ByTeam: team != ""})
		if err != nil {
			return Records{}, err
		}
		arguments := query.Arguments(s.calendar, []calendar.Period{p})
		if team != "" {
			arguments = append(arguments, team)
		}
		var records Records
		err = s.tx.WithSavepoint(ctx, func(tx *sqlx.Tx) (err error) {
			records, err = queryRecords(ctx, tx, statement, arguments)
			return err
		})
		if err != nil {
			return Records{}, err
		}
		return records, s.tx.VerifyUnchanged(ctx)
	}
	return Records{}, fmt.Errorf("%s is not read from this source", indicator.Name)
}

func queryRecords(ctx context.Context, tx *sqlx.Tx, statement query.Records, arguments []any) (Records, error) {
	rows, err := tx.QueryxContext(ctx, statement.SQL, arguments...)
	if err != nil {
		return Records{}, err
	}
	defer func() { _ = rows.Close() }()
	records := Records{Columns: statement.Columns}
	for rows.Next() {
		fields := make([]sql.NullString, len(statement.Columns))
		into := make([]any, len(fields))
		for i := range fields {
			into[i] = &fields[i]
		}
		if err := rows.Scan(into...); err != nil {
			return Records{}, err
		}
		row := make([]string, len(fields))
		for i, field := range fields {
			row[i] = field.String
		}
		records.Rows = append(records.Rows, row)
	}
	return records, rows.Err()
}
