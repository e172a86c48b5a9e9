// Package unavailable names the reasons for which a value cannot be had. It is
// the one list of them: the same words stand in metrics, alerts, logs and pages.
package unavailable

import "errors"

// Reason is why a source, a cohort or an indicator has no value just now.
type Reason string

// The reasons to leave a whole source alone for a while.
const (
	// Refresh is a table that is locked or replaced by a refresh.
	Refresh Reason = "refresh"
	// GaveWay is a read that ended because a refresh waited for it.
	GaveWay Reason = "gave_way"
	// Settling is a table that is new or was refilled, until two reads agree.
	Settling Reason = "settling"
	// RowsFell is a table with far fewer rows than were accepted before.
	RowsFell Reason = "rows_fell"
	// OpenFell is a table with far fewer rows without an end date than before.
	OpenFell Reason = "open_fell"
	// NewestFell is a table whose newest events are missing.
	NewestFell Reason = "newest_fell"
	// RowsGrew is a table with about twice its rows, or more.
	RowsGrew Reason = "rows_grew"
	// Orphans is a table many of whose rows refer to nothing.
	Orphans Reason = "orphans"
	// Repeated is a table many of whose ids stand there more than once.
	Repeated Reason = "repeated"
	// Clock is a day that cannot be today, going by the events of the source.
	Clock Reason = "clock"
)

// The reasons that switch off a cohort or an indicator.
const (
	// Empty is a table whose emptiness is not accepted yet.
	Empty Reason = "empty"
	// Unfilled is a table that lacks dates which every row should have.
	Unfilled Reason = "unfilled"
	// Missing is a table, column or right that the cohort needs.
	Missing Reason = "missing"
	// Unmapped is a column of codes most of whose words nobody knows.
	Unmapped Reason = "unmapped"
	// Failed is a statement that the server refused.
	Failed Reason = "failed"
	// TooManySeries is a cohort with more samples than the setting allows.
	TooManySeries Reason = "too_many_series"
	// NotYetRead is a value that no collection has read so far.
	NotYetRead Reason = "not_yet_read"
	// Expired is a value older than the setting allows.
	Expired Reason = "expired"
)

// Error says that something is unavailable, which is nobody's fault: the last good
// values stay.
type Error struct {
	Reason Reason
	// Message explains the reason to a person, without a value of a row.
	Message string
}

func (e *Error) Error() string { return string(e.Reason) + ": " + e.Message }

// Explain gives the message alone, for logs and pages that show the reason beside it.
func (e *Error) Explain() string { return e.Message }

// IsRetryable reports whether an error only asks to read again a little later.
func IsRetryable(err error) bool {
	var unavailable *Error
	if !errors.As(err, &unavailable) {
		return false
	}
	switch unavailable.Reason {
	case Settling, Refresh, GaveWay:
		return true
	}
	return false
}
