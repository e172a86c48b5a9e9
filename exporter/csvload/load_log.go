package csvload

import (
	"context"
	_ "embed"
	"errors"
	"time"

	"github.com/jmoiron/sqlx"
)

//go:embed load_log.sql
var createLoadLog string

// The outcomes of a load, as the load log has them.
const (
	outcomeLoaded  = "loaded"
	outcomeRefused = "refused" // for what is in the files
	outcomeFailed  = "failed"  // for the database, a file that could not be read, or a stop
)

const insertLoadLog = `
-- A row is what became of one load, one of its tables or one of their columns.
insert into childrens_load_log (run, source, table_name, column_name, rows, refused, outcome, seconds)
values ($1, $2, nullif($3, ''), nullif($4, ''), $5, $6, $7, $8)`

// loadLog writes what a load did: counts and names, and no value of a row.
type loadLog struct {
	source string
	began  time.Time
}

// write adds the rows of one load in the transaction given.
func (l loadLog) write(ctx context.Context, tx sqlx.ExtContext, report Report, outcome string) error {
	if _, err := tx.ExecContext(ctx, createLoadLog); err != nil {
		return newDatabaseError("make the load log", err)
	}
	seconds := time.Since(l.began).Seconds()
	insert := func(table, column string, rows, refused int) error {
		_, err := tx.ExecContext(ctx, insertLoadLog, l.began, l.source, table, column, rows, refused, outcome, seconds)
		if err != nil {
			return newDatabaseError("write the load log", err)
		}
		return nil
	}
	rows, refused := 0, 0
	for _, t := range report.Tables {
		rows += t.Loaded
		refused += countRejections(t.Rows) + countRejections(t.Values)
		if err := insert(t.Name, "", t.Loaded, countRejections(t.Rows)); err != nil {
			return err
		}
		for column, n := range t.refusedByColumn() {
			if err := insert(t.Name, column, t.Filled[column], n); err != nil {
				return err
			}
		}
	}
	return insert("", "", rows, refused)
}

// refusedByColumn counts the values that were refused, whether or not their row was.
func (t Table) refusedByColumn() map[string]int {
	counts := map[string]int{}
	for _, rejections := range [][]Rejection{t.Rows, t.Values} {
		for _, r := range rejections {
			if r.Column != "" {
				counts[r.Column] += r.Count
			}
		}
	}
	return counts
}

// writeFailure logs a load that was rolled back, in a transaction of its own, and returns the load's error, with its own if
// it has one. The load may have been stopped, and then its context is of no use.
func (l loadLog) writeFailure(ctx context.Context, db *sqlx.DB, report Report, load error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	outcome := outcomeFailed
	if _, refused := errors.AsType[*RefusalError](load); refused {
		outcome = outcomeRefused
	}
	for i := range report.Tables {
		report.Tables[i].Loaded = 0
	}
	tx, err := db.BeginTxx(ctx, nil)
	if err != nil {
		// The load's own error is about the same connection.
		return load
	}
	defer func() { _ = tx.Rollback() }()
	for _, statement := range []string{"set transaction read write", "set local lock_timeout = 5000"} {
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return load
		}
	}
	if err := l.write(ctx, tx, report, outcome); err != nil {
		return errors.Join(load, err)
	}
	if err := tx.Commit(); err != nil {
		return errors.Join(load, newDatabaseError("write the load log", err))
	}
	return load
}
