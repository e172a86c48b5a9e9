package postgres

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"childrens-services-exporter/exporter/unavailable"
)

//go:embed replaced_tables.sql
var replacedTablesQuery string

// AcquireLock runs a statement that reads nothing but takes the lock that keeps a
// refresh from emptying a table while it is being read.
func (t *Transaction) AcquireLock(ctx context.Context, statement string) error {
	return t.WithSavepoint(ctx, func(tx *sqlx.Tx) error {
		_, err := tx.ExecContext(ctx, statement)
		return err
	})
}

// RequireTables adds tables, by oid, to those that VerifyUnchanged expects to be locked.
func (t *Transaction) RequireTables(oids ...int64) {
	t.requiredTables = append(t.requiredTables, oids...)
}

// VerifyUnchanged aborts the transaction if a table that it has locked was emptied
// or recreated since its view of the database began: PostgreSQL's snapshots do not
// protect against TRUNCATE. It is asked after every query, since a council's own
// SELECT can reach tables that nobody could lock beforehand.
func (t *Transaction) VerifyUnchanged(ctx context.Context) error {
	var replaced sql.NullString
	if err := t.tx.GetContext(ctx, &replaced, replacedTablesQuery, pq.Int64Array(t.requiredTables)); err != nil {
		return t.abort(fmt.Errorf("%s: cannot compare the tables' files: %w", t.source, err))
	}
	if replaced.String != "" {
		return t.abort(&unavailable.Error{Reason: unavailable.Refresh, Message: "a refresh replaced " + replaced.String + " while it was being opened"})
	}
	return nil
}

// IsLockTimeout reports whether an error is the end of a wait for a lock.
func IsLockTimeout(err error) bool {
	var server *pq.Error
	return errors.As(err, &server) && server.Code == lockNotAvailable
}

// RefreshError gives an *unavailable.Error where a statement met a table that a
// refresh has locked or is just recreating, and nil where the error is a lasting one.
func RefreshError(err error) error {
	var server *pq.Error
	if !errors.As(err, &server) {
		return nil
	}
	switch server.Code {
	case lockNotAvailable:
		return &unavailable.Error{Reason: unavailable.Refresh, Message: "a table is locked by a refresh"}
	case undefinedTable, invalidSchemaName, internalError:
		return &unavailable.Error{Reason: unavailable.Refresh, Message: "a table was dropped while it was being opened"}
	}
	return nil
}

// The codes of PostgreSQL's errors that a refresh causes.
const (
	lockNotAvailable  = "55P03"
	undefinedTable    = "42P01"
	invalidSchemaName = "3F000"
	internalError     = "XX000"
)
