package postgres

import (
	"context"
	"database/sql"
	"database/sql/driver"
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
// for one of its locks. Source is the name of the database in errors. The locks are
// gone before it returns, whatever the server or the network does meanwhile.
func ReadOnly(parent context.Context, db *sqlx.DB, source string, use func(context.Context, *Transaction) error) error {
	pool, err := poolOf(db)
	if err != nil {
		return fmt.Errorf("%s: %w", source, err)
	}
	ctx, cancel := context.WithCancelCause(parent)
	defer cancel(nil)
	reader, tx, err := pool.begin(ctx)
	if err != nil {
		return fmt.Errorf("%s: cannot begin to read: %w", source, err)
	}
	var watcher *lockWatcher
	defer func() {
		if watcher != nil {
			watcher.wait()
		}
	}()
	defer reader.release()
	// A roll-back waits for nobody: the watch below may be waiting for a frozen server.
	defer func() {
		reader.network.limitSilence(abandonTimeout)
		_ = tx.Rollback()
	}()
	// The watch begins before the first lock: a refresh must not wait even while the
	// tables are being locked one by one.
	if watcher, err = watchBlockedSessions(ctx, pool, tx, cancel); err != nil {
		return fmt.Errorf("%s: %w", source, err)
	}
	defer watcher.stop()
	reader.network.limitSilence(reader.response)
	// Whatever the transaction waits for when it is cancelled is not worth a longer wait.
	defer context.AfterFunc(ctx, func() { reader.network.limitSilence(abandonTimeout) })()
	t := &Transaction{tx: tx, source: source}
	if err = use(ctx, t); err == nil {
		err = t.abortErr
	}
	return stopCause(parent, ctx, source, err)
}

// stopCause gives the error of the watch where it ended the transaction, and
// otherwise the transaction's own.
func stopCause(parent, ctx context.Context, source string, err error) error {
	cause := context.Cause(ctx)
	if err == nil || cause == nil || parent.Err() != nil {
		return err
	}
	if gaveWay, ok := errors.AsType[*unavailable.Error](cause); ok {
		return gaveWay
	}
	return fmt.Errorf("%s: %w", source, cause)
}

// begin opens a transaction with the limits of the pool on a connection of its own.
// The server has no reason to be slow before the first statement.
func (p *pool) begin(ctx context.Context) (*session, *sqlx.Tx, error) {
	var err error
	for range maxStaleConnections {
		var reader *session
		if reader, err = p.session(ctx); err != nil {
			return nil, nil, err
		}
		reader.network.limitSilence(min(p.connector.timeouts.Connect, reader.response))
		var tx *sqlx.Tx
		tx, err = reader.conn.BeginTxx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
		if err == nil {
			if err = setLimits(ctx, tx, p.connector.runtime); err == nil {
				return reader, tx, nil
			}
			_ = tx.Rollback()
		}
		reader.release()
		if !errors.Is(err, driver.ErrBadConn) {
			break
		}
	}
	return nil, nil, err
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
