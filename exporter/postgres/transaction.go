package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"

	"childrens-services-exporter/exporter/unavailable"
)

// Transaction is a consistent, read-only view of a database. Every query runs
// behind a savepoint, so that one that fails leaves the others their view.
type Transaction struct {
	tx     *sqlx.Tx
	source string
	// requiredTables are the tables, by oid, that VerifyUnchanged expects to be locked.
	requiredTables []int64
	// abortErr is why nothing read in the transaction may be used, if anything.
	abortErr error
}

// StatementError is the server's complaint about one statement. The savepoint
// before it was restored, and the transaction goes on.
type StatementError struct{ Err error }

func (e *StatementError) Error() string { return e.Err.Error() }

// Unwrap gives the server's own error.
func (e *StatementError) Unwrap() error { return e.Err }

// ReadOnly runs a function in a transaction whose view of the database stays as it
// is. The transaction ends early, with an *unavailable.Error, when a refresh waits
// for one of its locks. Source is the name of the database in errors.
func ReadOnly(ctx context.Context, db *sqlx.DB, source string, use func(context.Context, *Transaction) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	tx, err := db.BeginTxx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return fmt.Errorf("%s: cannot begin to read: %w", source, err)
	}
	defer func() { _ = tx.Rollback() }()
	// The watch begins before the first lock: a refresh must not wait even while the
	// tables are being locked one by one.
	stopWatching, err := watchBlockedSessions(ctx, db, tx, cancel)
	if err != nil {
		return fmt.Errorf("%s: %w", source, err)
	}
	defer stopWatching()
	t := &Transaction{tx: tx, source: source}
	if err = use(ctx, t); err == nil {
		err = t.abortErr
	}
	var gaveWay *unavailable.Error
	if err != nil && errors.As(context.Cause(ctx), &gaveWay) {
		return gaveWay
	}
	return err
}

// Err is why nothing read in the transaction may be used, or nil.
func (t *Transaction) Err() error { return t.abortErr }

// abort records that nothing read in the transaction may be used.
func (t *Transaction) abort(err error) error {
	if t.abortErr == nil {
		t.abortErr = err
	}
	return t.abortErr
}

// WithSavepoint runs a query behind a savepoint. The error is a *StatementError
// where the savepoint undid the query; any other error has aborted the transaction.
func (t *Transaction) WithSavepoint(ctx context.Context, query func(tx *sqlx.Tx) error) error {
	if t.abortErr != nil {
		return t.abortErr
	}
	cannotReadOn := func(err error) error {
		return t.abort(fmt.Errorf("%s: cannot read on: %w", t.source, err))
	}
	if _, err := t.tx.ExecContext(ctx, "savepoint statement"); err != nil {
		return cannotReadOn(err)
	}
	queryErr := query(t.tx)
	if queryErr != nil {
		if _, err := t.tx.ExecContext(ctx, "rollback to savepoint statement"); err != nil {
			return cannotReadOn(queryErr)
		}
	}
	if _, err := t.tx.ExecContext(ctx, "release savepoint statement"); err != nil {
		return cannotReadOn(err)
	}
	if queryErr != nil {
		return &StatementError{queryErr}
	}
	return nil
}
