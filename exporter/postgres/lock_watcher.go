package postgres

import (
	"context"
	_ "embed"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"childrens-services-exporter/exporter/unavailable"
)

//go:embed blocked_sessions.sql
var blockedSessionsQuery string

// watchInterval is the time between two looks for sessions that wait for the
// exporter. A refresh waits for about this long, well under the lock timeout.
const watchInterval = 100 * time.Millisecond

// watchBlockedSessions looks, over a second connection, whether a refresh waits for
// a lock that the transaction holds, and cancels the transaction if so: to read
// again later costs nothing, to hold up the council's refresh does. The function
// that it returns ends the watch.
func watchBlockedSessions(ctx context.Context, db *sqlx.DB, tx *sqlx.Tx, cancel context.CancelCauseFunc) (stop func(), err error) {
	var backend int
	if err := tx.GetContext(ctx, &backend, "select pg_backend_pid()"); err != nil {
		return nil, fmt.Errorf("cannot begin to read: %w", err)
	}
	watcher, err := db.Connx(ctx)
	if err != nil {
		return nil, fmt.Errorf("needs a second connection to give way to a refresh: %w", err)
	}
	ctx, end := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() { _ = watcher.Close() }()
		ticker := time.NewTicker(watchInterval)
		defer ticker.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
			}
			var blocked bool
			err := watcher.GetContext(ctx, &blocked, blockedSessionsQuery, backend)
			switch {
			case ctx.Err() != nil:
				return
			case err != nil:
				cancel(&unavailable.Error{Reason: unavailable.GaveWay, Message: "nobody could see any more whether a refresh was waiting; reading again later"})
				return
			case blocked:
				cancel(&unavailable.Error{Reason: unavailable.GaveWay, Message: "a refresh was waiting for a table; reading again later"})
				return
			}
		}
	}()
	return func() { end(); <-done }, nil
}
