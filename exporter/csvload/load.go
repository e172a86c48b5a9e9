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

// Options change how extracts are read, what a load lets pass and how long it waits. The zero value is the strictest.
type Options struct {
	Zone        *time.Location // in which a moment with an offset becomes a day; nil is Europe/London
	LockWait    time.Duration  // for readers of a table to finish; 0 is 5 s
	Dates       DateOrder      // of dates such as 01/04/2026 where no extract proves which is the day
	Allow       []string       // TABLE.COLUMN whose refused values, or TABLE whose broken rows, may be left out
	AllowShrink []string       // tables that may lose more than half of their rows
	UnpackLimit int64          // bytes of one file out of an archive; 0 is 8 GiB
	Source      string         // for the load log; without it there is none
}

// withDefaults fills in what is left out, and checks the names.
func (o Options) withDefaults(tables []schema.Table) (Options, error) {
	if o.LockWait == 0 {
		o.LockWait = 5 * time.Second
	}
	if o.UnpackLimit == 0 {
		o.UnpackLimit = defaultUnpackLimit
	}
	if o.Zone == nil {
		london, err := time.LoadLocation("Europe/London")
		if err != nil {
			return o, fmt.Errorf("load: %w", err)
		}
		o.Zone = london
	}
	if err := allowList(o.Allow).check("allow", tables); err != nil {
		return o, err
	}
	return o, allowList(o.AllowShrink).check("allow-shrink", tables)
}

// Load replaces the contents of every table that has a file <table>.csv in dir and leaves the other tables alone. Tables
// and columns that a file brings and the database lacks are made from the description.
//
// docs/load.md says which files are read. An empty field, or a word for nothing, is null. A value that its column cannot hold is
// refused; a row is refused when it has the wrong number of fields, lacks a value that its table requires, or has an end
// date that is refused. More of that than a column bears is a RefusalError. All of it is in the report, which is returned with
// an error too, as far as it got. Any error means that nothing was loaded.
//
// The load holds the tables exclusively from its first row to its commit. The context ends it at any point.
func Load(ctx context.Context, db *sqlx.DB, tables []schema.Table, dir fs.FS, o Options) (Report, error) {
	o, err := o.withDefaults(tables)
	if err != nil {
		return Report{}, err
	}
	log := loadLog{source: o.Source, began: time.Now()}
	report, err := load(ctx, db, tables, dir, o, log)
	if ctx.Err() != nil && err != nil {
		// The driver words a cancelled statement as its own error.
		err = fmt.Errorf("the load was stopped and nothing is loaded: %w", context.Cause(ctx))
	}
	if err != nil && o.Source != "" {
		err = log.writeFailure(ctx, db, report, err)
	}
	return report, err
}

// load reads all files before it touches a table, so that most refusals cost no lock.
func load(ctx context.Context, db *sqlx.DB, tables []schema.Table, dir fs.FS, o Options, log loadLog) (Report, error) {
	extracts, err := findExtracts(dir, tables, o.UnpackLimit)
	if err != nil {
		return Report{}, err
	}
	problems := make([]error, len(extracts))
	for i, e := range extracts {
		problems[i] = e.readHeader(ctx)
	}
	if err := joinProblems(problems); err != nil {
		return Report{}, err
	}
	if err := db.PingContext(ctx); err != nil {
		return Report{}, newDatabaseError("connect to the warehouse", err)
	}
	for i, e := range extracts {
		problems[i] = e.plan(ctx, db)
	}
	if err := joinProblems(problems); err != nil {
		return Report{}, err
	}
	if err := surveyExtracts(ctx, extracts); err != nil {
		return Report{}, err
	}
	if err := problemList(identifierProblems(extracts, o.Allow)).err(); err != nil {
		return Report{}, err
	}
	settleDates(extracts, o.Dates)
	return replaceTables(ctx, db, extracts, o, log)
}

func replaceTables(ctx context.Context, db *sqlx.DB, extracts []*extract, o Options, log loadLog) (report Report, err error) {
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
		if !e.created {
			continue
		}
		if err := e.createTable(ctx, tx); err != nil {
			return report, err
		}
	}
	if err := truncate(ctx, tx, extracts, o.LockWait); err != nil {
		return report, err
	}
	var problems problemList
	for _, e := range extracts {
		table, err := e.copy(ctx, tx, o.Zone)
		report.Tables = append(report.Tables, table)
		if err != nil {
			return report, err
		}
		problems = append(problems, table.refused(e.targets, o.Allow)...)
		problems = append(problems, e.shrinking(table, o.AllowShrink)...)
	}
	if err := problems.err(); err != nil {
		return report, err
	}
	// Autovacuum may be hours away, and the next reading plans by these statistics.
	for _, e := range extracts {
		if _, err := tx.ExecContext(ctx, "analyze "+e.qualified); err != nil {
			return report, newDatabaseError("analyze "+e.table.Name, err)
		}
	}
	if o.Source != "" {
		if err := log.write(ctx, tx, report, outcomeLoaded); err != nil {
			return report, err
		}
	}
	if err := tx.Commit(); err != nil {
		return report, newDatabaseError("commit the load", err)
	}
	report.Committed = true
	return report, nil
}

// shrinking is the problem of a file that would empty its table, or take it below half. A table that is new or empty may
// be so.
func (e *extract) shrinking(t Table, allowed allowList) (problems problemList) {
	switch {
	case allowed.table(e.table.Name):
	case t.Read == 0 && e.before > 0:
		problems.add("%s: the file has a header and no row: expected rows, or -allow-shrink %s if the table is to be empty",
			e.name, e.table.Name)
	case int64(t.Loaded) < e.before-int64(t.Loaded):
		problems.add("%s: %s where the table holds %s: expected half at least, or -allow-shrink %s if so many are to go",
			e.name, formatCount(t.Loaded, "row"), formatNumber(int(e.before)), e.table.Name)
	}
	return problems
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
		if err := tx.GetContext(ctx, &e.before, "select count(*) from "+e.qualified); err != nil {
			return newDatabaseError("count the rows of "+e.table.Name, err)
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
