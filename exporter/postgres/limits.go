package postgres

import (
	"context"
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"childrens-services-exporter/exporter/unavailable"
)

// The longest times for which a reader that is paused, or no longer reachable, can
// keep a refresh waiting.
const (
	// idleTimeout is how long a transaction may stay open without a statement.
	idleTimeout = 5 * time.Second
	// watchTimeout ends one look for sessions that wait for the exporter.
	watchTimeout = 2 * time.Second
	// abandonTimeout ends a statement that is not wanted any more, and a roll-back.
	abandonTimeout = 2 * time.Second

	keepaliveIdle     = 5 * time.Second
	keepaliveInterval = 2 * time.Second
	keepaliveCount    = 3
)

//go:embed set_limits.sql
var setLimitsQuery string

//go:embed lost_limits.sql
var lostLimitsQuery string

// optionalLimits are those that not every server has.
func optionalLimits() map[string]string {
	return map[string]string{
		// A server notices a network that is gone while it works on a statement.
		"client_connection_check_interval": milliseconds(keepaliveInterval),
		"tcp_user_timeout":                 milliseconds(idleTimeout),
		"tcp_keepalives_idle":              seconds(keepaliveIdle),
		"tcp_keepalives_interval":          seconds(keepaliveInterval),
		"tcp_keepalives_count":             fmt.Sprint(keepaliveCount),
	}
}

func seconds(d time.Duration) string { return fmt.Sprint(int(d.Seconds())) }

// setLimits sets the limits for the transaction alone and verifies that they are in
// force: a pooler between the exporter and the server drops those of the session.
func setLimits(ctx context.Context, tx *sqlx.Tx, settings map[string]string) error {
	settings = maps.Clone(settings)
	// The transaction is read-only by its own mode.
	delete(settings, "default_transaction_read_only")
	limits := maps.Clone(settings)
	maps.Copy(limits, optionalLimits())
	if _, err := tx.ExecContext(ctx, setLimitsQuery, names(limits), values(limits)); err != nil {
		return fmt.Errorf("cannot set the limits of the transaction: %w", err)
	}
	var lost []string
	if err := tx.SelectContext(ctx, &lost, lostLimitsQuery, names(settings), values(settings)); err != nil {
		return fmt.Errorf("cannot read the limits of the transaction: %w", err)
	}
	if len(lost) > 0 {
		return &unavailable.Error{Reason: unavailable.Failed, Message: "the server does not keep the limits " + strings.Join(lost, ", ") +
			" for a transaction; a pooler needs pool_mode = transaction or session"}
	}
	return nil
}

func names(settings map[string]string) pq.StringArray {
	return slices.Sorted(maps.Keys(settings))
}

func values(settings map[string]string) pq.StringArray {
	var list []string
	for _, name := range names(settings) {
		list = append(list, settings[name])
	}
	return list
}
