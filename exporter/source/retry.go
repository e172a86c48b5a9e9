package source

import (
	"context"
	"errors"
	"time"
)

// ReadOptions is how a command that runs once looks at a source.
type ReadOptions struct {
	// AsOf is the civil date that the data are seen from.
	AsOf time.Time
	// Accept believes what a guard would hold, for this look alone: a command that
	// only looks must not make a running exporter believe it too.
	Accept bool
	// RetryInterval lies between two looks while tables settle.
	RetryInterval time.Duration
}

// IsRetryable reports whether an error only asks to look again a little later.
func IsRetryable(err error) bool {
	var unavailable *UnavailableError
	if !errors.As(err, &unavailable) {
		return false
	}
	return unavailable.Reason == "settling" || unavailable.Reason == "refresh" || unavailable.Reason == "gave_way"
}

func sleep(ctx context.Context, wait time.Duration) error {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
