package postgres

import (
	"context"
	"database/sql/driver"
	_ "embed"
	"errors"
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

// lockWatcher looks, over a second connection, whether a refresh waits for a lock
// that a transaction holds, and cancels the transaction if so: to read again later
// costs nothing, to hold up the council's refresh does.
type lockWatcher struct {
	session *session
	backend int
	stopped chan struct{}
	done    chan struct{}
}

// watchBlockedSessions begins to watch the locks of a transaction.
func watchBlockedSessions(ctx context.Context, pool *pool, tx *sqlx.Tx, cancel context.CancelCauseFunc) (*lockWatcher, error) {
	w := &lockWatcher{stopped: make(chan struct{}), done: make(chan struct{})}
	if err := tx.GetContext(ctx, &w.backend, "select pg_backend_pid()"); err != nil {
		return nil, fmt.Errorf("cannot begin to read: %w", err)
	}
	var err error
	for range maxStaleConnections {
		if w.session, err = pool.session(ctx); err != nil {
			break
		}
		if _, err = w.look(ctx); !errors.Is(err, driver.ErrBadConn) {
			break
		}
		w.session.release()
	}
	if err != nil {
		if w.session != nil {
			w.session.release()
		}
		return nil, fmt.Errorf("needs a second connection to give way to a refresh: %w", err)
	}
	go w.run(ctx, cancel)
	return w, nil
}

// look reports whether a session waits. The server must answer at once: while nobody
// sees whether a refresh waits, nothing may be locked.
func (w *lockWatcher) look(ctx context.Context) (blocked bool, err error) {
	w.session.network.limitSilence(watchTimeout)
	err = w.session.conn.GetContext(ctx, &blocked, blockedSessionsQuery, w.backend)
	return blocked, err
}

func (w *lockWatcher) run(ctx context.Context, cancel context.CancelCauseFunc) {
	defer close(w.done)
	defer w.session.release()
	ticker := time.NewTicker(watchInterval)
	defer ticker.Stop()
	for {
		select {
		case <-w.stopped:
			return
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		// A look is not cancelled with the transaction: it ends by itself, and the
		// connection stays usable.
		blocked, err := w.look(context.WithoutCancel(ctx))
		switch {
		case err != nil:
			cancel(fmt.Errorf("cannot see any more whether a refresh waits: %w", err))
			return
		case blocked:
			cancel(&unavailable.Error{Reason: unavailable.GaveWay, Message: "a refresh was waiting for a table; reading again later"})
			return
		}
	}
}

// stop asks the watch to end, and does not wait for it.
func (w *lockWatcher) stop() { close(w.stopped) }

// wait waits for the end of the watch, which a look can put off by its time limit.
func (w *lockWatcher) wait() { <-w.done }
