package warehouse

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"childrens-services-exporter/exporter/catalogue"
	"childrens-services-exporter/exporter/period"
)

// Source is one database of the council with its staging layer and guards.
type Source struct {
	Name      string
	DB        *sqlx.DB
	Staging   *Staging
	Settings  catalogue.SourceSettings
	Catalogue *catalogue.Catalogue
	Calendar  *period.Calendar
	Guards    *Guards
}

// Refusal is a reason not to read a source just now that is nobody's fault: a
// refresh is under way. The last good values stay.
type Refusal struct {
	// Reason is short and from a closed list: refresh, gave_way, or a guard's.
	Reason string
	// Why explains it to a person.
	Why string
}

func (r *Refusal) Error() string { return r.Reason + ": " + r.Why }

// Reading is an open, consistent, guarded view of a source. It is valid inside
// the function given to Read.
type Reading struct {
	Plans  []*Plan
	Tables []TableReading
	// Empty holds the relations whose emptiness is not believed yet.
	Empty map[string]bool
	Notes []string

	tx       *sqlx.Tx
	calendar *period.Calendar
}

// Read opens a transaction in which every table stays as it is, checks that no
// refresh came between, lets the guards judge, and calls the function. The
// error is a *Refusal where a refresh or a guard forbids reading now.
func (s *Source) Read(ctx context.Context, today time.Time, accept bool, read func(context.Context, *Reading) error) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	tx, err := s.DB.BeginTxx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return fmt.Errorf("%s: cannot begin to read: %w", s.Name, err)
	}
	defer func() { _ = tx.Rollback() }()
	shape, err := Introspect(ctx, tx, s.Settings.Schema, s.Settings.Prefix)
	if err != nil {
		return fmt.Errorf("%s: %w", s.Name, err)
	}
	reading := &Reading{Plans: s.Staging.Prepare(s.Catalogue, shape), tx: tx, calendar: s.Calendar}
	if err := s.touch(ctx, tx, reading.Plans); err != nil {
		return err
	}
	watching, err := s.giveWay(ctx, tx, stop)
	if err != nil {
		return err
	}
	defer watching()
	err = s.judged(ctx, shape, reading, today, accept, read)
	if cause := context.Cause(ctx); err != nil && cause != nil {
		var refusal *Refusal
		if errors.As(cause, &refusal) {
			return refusal
		}
	}
	return err
}

func (s *Source) judged(ctx context.Context, shape *Shape, reading *Reading, today time.Time, accept bool, read func(context.Context, *Reading) error) error {
	if err := s.readTables(ctx, shape, reading, today); err != nil {
		return err
	}
	verdict, err := s.Guards.Judge(reading.Tables, accept)
	if err != nil {
		verdict.Notes = append(verdict.Notes, err.Error())
	}
	for _, reason := range sortedKeys(verdict.Held) {
		return &Refusal{reason, verdict.Held[reason]}
	}
	reading.Empty, reading.Notes = verdict.Empty, verdict.Notes
	return read(ctx, reading)
}

func (s *Source) readTables(ctx context.Context, shape *Shape, reading *Reading, today time.Time) error {
	needed := map[string]bool{}
	for _, plan := range reading.Plans {
		for _, relation := range plan.Relations {
			if plan.Missing == "" {
				needed[relation] = true
			}
		}
	}
	for _, name := range sortedKeys(needed) {
		table, err := s.Staging.readTable(ctx, reading.tx, shape, name, today)
		if err != nil {
			return fmt.Errorf("%s: %w", s.Name, err)
		}
		reading.Tables = append(reading.Tables, table)
	}
	return nil
}

// touch takes the locks of all tables and then asks whether any of them was
// emptied or recreated after the transaction's view of the database began:
// PostgreSQL's snapshots do not protect against TRUNCATE.
func (s *Source) touch(ctx context.Context, tx *sqlx.Tx, plans []*Plan) error {
	touched := map[string]bool{}
	for _, plan := range plans {
		for _, statement := range plan.touches {
			if touched[statement] || plan.Missing != "" {
				continue
			}
			touched[statement] = true
			if _, err := tx.ExecContext(ctx, statement); err != nil {
				return s.refreshOr(err, "cannot touch a table")
			}
		}
	}
	var changed sql.NullString
	if err := tx.GetContext(ctx, &changed, changedQuery); err != nil {
		return s.refreshOr(err, "cannot compare the tables' files")
	}
	if changed.String != "" {
		return &Refusal{"refresh", "a refresh replaced " + changed.String + " while it was being opened"}
	}
	return nil
}

const changedQuery = `
-- The one row names the tables that this transaction holds and that are not the
-- files its snapshot knows.
select string_agg(coalesce(class.relname, 'a new table'), ', ')
from pg_locks held
left join pg_class class on class.oid = held.relation
where held.pid = pg_backend_pid()
  and held.locktype = 'relation'
  and held.mode = 'AccessShareLock'
  and held.database = (select oid from pg_database where datname = current_database())
  and (class.oid is null
       or class.relkind in ('r', 'm') and class.relnamespace <> 'pg_catalog'::regnamespace
          and class.relfilenode is distinct from pg_relation_filenode(held.relation))`

// refreshOr tells a lock that a refresh holds, or a table that it is just
// recreating, from a real failure.
func (s *Source) refreshOr(err error, doing string) error {
	var server *pq.Error
	if errors.As(err, &server) {
		switch server.Code {
		case "55P03":
			return &Refusal{"refresh", "a table is locked by a refresh"}
		case "42P01", "XX000":
			return &Refusal{"refresh", "a table was dropped while it was being opened"}
		}
	}
	return fmt.Errorf("%s: %s: %w", s.Name, doing, err)
}

// Evaluate runs one cohort for the periods, each behind a savepoint: one bad
// cohort does not spoil the others.
func (r *Reading) Evaluate(ctx context.Context, plan *Plan, periods []period.Period) (*catalogue.Answer, error) {
	if plan.Missing != "" {
		return nil, &Refusal{"missing", plan.Missing}
	}
	for _, relation := range plan.filled {
		if r.Empty[relation] {
			return nil, &Refusal{"empty", "relation " + relation + " is empty and was never seen filled; collect -accept believes it"}
		}
	}
	if _, err := r.tx.ExecContext(ctx, "savepoint cohort"); err != nil {
		return nil, fmt.Errorf("cohort %s: %w", plan.Cohort.Name, err)
	}
	answer, err := r.query(ctx, plan.Statement, periods)
	if err != nil {
		if _, undo := r.tx.ExecContext(ctx, "rollback to savepoint cohort"); undo != nil {
			return nil, fmt.Errorf("cohort %s: %w", plan.Cohort.Name, undo)
		}
		return nil, fmt.Errorf("cohort %s: %w", plan.Cohort.Name, err)
	}
	_, err = r.tx.ExecContext(ctx, "release savepoint cohort")
	return answer, err
}

func (r *Reading) query(ctx context.Context, statement *catalogue.Statement, periods []period.Period) (*catalogue.Answer, error) {
	rows, err := r.tx.QueryxContext(ctx, statement.SQL, catalogue.Arguments(r.calendar, period.Distinct(periods))...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	labels, values := statement.Width()
	var answered []catalogue.Row
	for rows.Next() {
		row := catalogue.Row{Labels: make([]string, labels), Values: make([]*float64, values)}
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
		answered = append(answered, row)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	return catalogue.NewAnswer(statement, answered)
}
