package source

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"
)

// watchInterval is how often the exporter looks whether somebody waits for it. A
// refresh then waits for about this long, well under the lock wait.
const watchInterval = 100 * time.Millisecond

// watchBlockedSessions watches, over a second connection, whether a refresh waits for a lock
// that this transaction holds, and stops the transaction if so: reading again
// later costs nothing, holding up the council's refresh does. The function it
// returns ends the watch.
func (s *Source) watchBlockedSessions(ctx context.Context, tx *sqlx.Tx, stop context.CancelCauseFunc) (func(), error) {
	var backend int
	if err := tx.GetContext(ctx, &backend, "select pg_backend_pid()"); err != nil {
		return nil, fmt.Errorf("%s: cannot begin to read: %w", s.Name, err)
	}
	watcher, err := s.DB.Connx(ctx)
	if err != nil {
		return nil, fmt.Errorf("%s: needs a second connection to give way to a refresh: %w", s.Name, err)
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
			var waiting bool
			err := watcher.GetContext(ctx, &waiting, blockedSessionsQuery, backend)
			switch {
			case ctx.Err() != nil:
				return
			case err != nil:
				stop(&UnavailableError{"gave_way", "nobody could see any more whether a refresh was waiting; reading again later"})
				return
			case waiting:
				stop(&UnavailableError{"gave_way", "a refresh was waiting for a table; reading again later"})
				return
			}
		}
	}()
	return func() { end(); <-done }, nil
}

const blockedSessionsQuery = `
-- The one value is true while another session waits for a lock that the given
-- backend holds.
select exists (
    select 1
    from pg_locks wanted
    where not wanted.granted
      and wanted.locktype = 'relation'
      and $1::integer = any (pg_blocking_pids(wanted.pid))
)`
