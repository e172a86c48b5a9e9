package source

import (
	"context"
	"database/sql"
	"fmt"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/definition/query"
)

// Records are the rows behind one number, the header first.
type Records struct {
	Columns []string
	Rows    [][]string
}

// Records lists the rows that an indicator rests on in a period, for one team or,
// if team is empty, for all. They identify children: they are for an authorised
// analyst at a terminal and are never served over HTTP.
func (r *Session) Records(ctx context.Context, c *definition.Catalogue, indicator *definition.Indicator, p calendar.Period, team string) (Records, error) {
	for _, plan := range r.Plans {
		if plan.Cohort != indicator.Cohort {
			continue
		}
		if err := r.ready(plan); err != nil {
			return Records{}, err
		}
		statement, err := query.CompileRecords(c, indicator, query.RecordOptions{Relations: plan.relations, ByTeam: team != ""})
		if err != nil {
			return Records{}, err
		}
		arguments := query.Arguments(r.calendar, []calendar.Period{p})
		if team != "" {
			arguments = append(arguments, team)
		}
		listed, err := r.list(ctx, statement, arguments)
		if err != nil {
			return Records{}, err
		}
		return listed, r.unchanged(ctx)
	}
	return Records{}, fmt.Errorf("%s is not read from this source", indicator.Name)
}

func (r *Session) list(ctx context.Context, statement query.Records, arguments []any) (Records, error) {
	rows, err := r.tx.QueryxContext(ctx, statement.SQL, arguments...)
	if err != nil {
		return Records{}, err
	}
	defer func() { _ = rows.Close() }()
	listed := Records{Columns: statement.Columns}
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
		listed.Rows = append(listed.Rows, row)
	}
	return listed, rows.Err()
}

// ReadWithRetry reads for a command that runs once: where a guard wants to see the
// tables again, it waits and looks again, until they have settled or the
// guards' patience is spent.
func (s *Source) ReadWithRetry(ctx context.Context, look ReadOptions, read func(context.Context, *Session) error) error {
	trust := hasty
	if look.Accept {
		trust = once
	}
	for try := 1; ; try++ {
		err := s.read(ctx, look.AsOf, trust, read)
		if !IsRetryable(err) || try > s.Guard.rules.MinStableReads+1 {
			return err
		}
		if err := pause(ctx, look.RetryInterval); err != nil {
			return err
		}
	}
}
