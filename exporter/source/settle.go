package source

import (
	"context"
	"errors"
	"time"
)

// Look is how a command that runs once looks at a source.
type Look struct {
	// Today is the civil date that the data are seen from.
	Today time.Time
	// Accept believes what a guard would hold, for this look alone: a command that
	// only looks must not make a running exporter believe it too.
	Accept bool
	// Wait lies between two looks while tables settle.
	Wait time.Duration
}

// Settling reports whether an error only asks to look again a little later.
func Settling(err error) bool {
	var refusal *Refusal
	if !errors.As(err, &refusal) {
		return false
	}
	return refusal.Reason == "settling" || refusal.Reason == "refresh" || refusal.Reason == "gave_way"
}

func pause(ctx context.Context, wait time.Duration) error {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
