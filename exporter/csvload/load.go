// Package csvload fills a PostgreSQL warehouse from CSV extracts, for councils whose case system keeps its data elsewhere.
//
// All tables change together or none does. What an extract gets wrong is counted and placed by line, never repeated:
// no value of a row appears in a report or an error.
package csvload

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // a day in June must not depend on the machine having zone files

	"github.com/jmoiron/sqlx"

	"childrens-services-exporter/exporter/csvload/schema"
)

// Options change how extracts are read and how long the load waits. The zero value is what a council needs.
type Options struct {
	Zone     *time.Location // in which a moment with an offset becomes a day; nil is Europe/London
	LockWait time.Duration  // for readers of a table to finish; 0 is 5 s
}

// Load replaces the contents of every table that has a file <table>.csv in dir and leaves the other tables alone. Tables
// and columns that a file brings and the database lacks are made from the description.
//
// The files are comma-separated UTF-8 with a header. An empty field, or the bare word NULL, is null. A value that its
// column cannot hold becomes null; a row is refused when it has the wrong number of fields, is no UTF-8, or lacks a value
// that its table requires. Both are in the report, which is returned with an error too, as far as it got. Any error means
// that nothing was loaded.
//
// The load holds the tables exclusively from its first row to its commit. The context ends it at any point.
func Load(ctx context.Context, db *sqlx.DB, tables []schema.Table, dir fs.FS, o Options) (Report, error) {
	if o.LockWait == 0 {
		o.LockWait = 5 * time.Second
	}
	if o.Zone == nil {
		london, err := time.LoadLocation("Europe/London")
		if err != nil {
			return Report{}, fmt.Errorf("load: %w", err)
		}
		o.Zone = london
	}
	extracts, err := openExtracts(dir, tables)
	defer func() {
		for _, e := range extracts {
			_ = e.file.Close() // read only: nothing is lost
		}
	}()
	if err != nil {
		return Report{}, err
	}
	report, err := replaceTables(ctx, db, extracts, o)
	if ctx.Err() != nil && err != nil {
		// The driver words a cancelled statement as its own error.
		return report, fmt.Errorf("the load was stopped and nothing is loaded: %w", context.Cause(ctx))
	}
	return report, err
}

func replaceTables(ctx context.Context, db *sqlx.DB, extracts []*extract, o Options) (report Report, err error) {
	tx, err := db.BeginTxx(ctx, nil)
	if err != nil {
		return report, newDatabaseError("connect to the warehouse", err)
	}
	// Does nothing after the commit. When it fails the connection is gone, and the server rolls back by itself.
	defer func() { _ = tx.Rollback() }()
	if err := setSession(ctx, tx, o); err != nil {
		return report, err
	}
	for _, e := range extracts {
		if err := e.plan(ctx, tx); err != nil {
			return report, err
		}
	}
	if err := truncate(ctx, tx, extracts, o.LockWait); err != nil {
		return report, err
	}
	for _, e := range extracts {
		table, err := e.copy(ctx, tx, o.Zone)
		report.Tables = append(report.Tables, table)
		if err != nil {
			return report, err
		}
	}
	// Autovacuum may be hours away, and the next reading plans by these statistics.
	for _, e := range extracts {
		if _, err := tx.ExecContext(ctx, "analyze "+e.qualified); err != nil {
			return report, newDatabaseError("analyze "+e.table.Name, err)
		}
	}
	if err := tx.Commit(); err != nil {
		return report, newDatabaseError("commit the load", err)
	}
	report.Committed = true
	return report, nil
}

// setSession makes the transaction independent of what the login or the server has as its default.
func setSession(ctx context.Context, tx *sqlx.Tx, o Options) error {
	for _, statement := range []string{
		"set transaction read write",
		fmt.Sprintf("set local lock_timeout = %d", o.LockWait.Milliseconds()),
		"set local datestyle = 'ISO, DMY'",
		"set local timezone = '" + strings.ReplaceAll(o.Zone.String(), "'", "''") + "'",
	} {
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return newDatabaseError("prepare the load", err)
		}
	}
	return nil
}

// truncate locks the tables one by one, so that an error can name the busy one, always in the same order, so that two loads
// cannot block each other. One TRUNCATE for all of them satisfies foreign keys between them.
func truncate(ctx context.Context, tx *sqlx.Tx, extracts []*extract, wait time.Duration) error {
	ordered := slices.SortedFunc(slices.Values(extracts), func(a, b *extract) int {
		return strings.Compare(a.qualified, b.qualified)
	})
	var names []string
	for _, e := range ordered {
		names = append(names, e.qualified)
		if _, err := tx.ExecContext(ctx, "lock table "+e.qualified+" in access exclusive mode"); err != nil {
			if sqlState(err) == lockNotAvailable {
				return fmt.Errorf("%s: another session has kept the table busy for %s: load again when no refresh or report"+
					" is running; nothing is loaded", e.table.Name, wait)
			}
			return newDatabaseError("lock "+e.table.Name, err)
		}
	}
	if _, err := tx.ExecContext(ctx, "truncate "+strings.Join(names, ", ")); err != nil {
		return newDatabaseError("empty the tables", err)
	}
	for _, e := range ordered {
		if err := e.addColumns(ctx, tx); err != nil {
			return err
		}
	}
	return nil
}
