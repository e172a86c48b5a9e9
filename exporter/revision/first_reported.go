// Package revision records values as they were first reported and compares them with
// the values of now: late records change a closed period.
package revision

import (
	"time"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/rag"
)

// Delay is how many working days after its end a period counts as reported if no
// report has been made of it before.
const Delay = 10

// FirstReported is an indicator's value for a period as it was first reported, or
// as the committee saw it at a meeting.
type FirstReported struct {
	Indicator string `json:"indicator"`
	// Version is that of the definition; another version's value is not comparable.
	Version int `json:"version"`
	// Window is the kind of period, or reportperiod.Meeting.
	Window      string   `json:"window"`
	Period      string   `json:"period"`
	Value       float64  `json:"value"`
	Numerator   *float64 `json:"numerator,omitempty"`
	Denominator *float64 `json:"denominator,omitempty"`
	// RAG is recorded for a meeting.
	RAG *rag.Status `json:"rag,omitempty"`
	At  time.Time   `json:"at"`
	// By is the occasion: report, delay or meeting.
	By string `json:"by"`
}

// The occasions on which a value is recorded.
const (
	ByReport  = "report"
	ByDelay   = "delay"
	ByMeeting = "meeting"
)

// NewFirstReported makes an entry of an observation.
func NewFirstReported(observation definition.PeriodObservation, at time.Time, by string) FirstReported {
	indicator := observation.Observation.Indicator
	return FirstReported{
		Indicator: indicator.Name, Version: indicator.Version, Window: string(observation.Period.Kind), Period: observation.Period.Label,
		Value: *observation.Observation.Value, Numerator: observation.Observation.Numerator, Denominator: observation.Observation.Denominator,
		At: at.UTC().Truncate(time.Second), By: by,
	}
}

// Availability is what decides whether a period can be recorded as first reported.
type Availability struct {
	// Today is the day from which the data are seen.
	Today time.Time
	// Since is the day from which values are recorded.
	Since time.Time
	// Newest is the date of the latest event in the data.
	Newest time.Time
}

// IsDue reports whether a closed period is to be recorded now: it counts as reported,
// it did not count as reported before recording began, and the data reach its end. The
// last condition also covers a wrong clock, for which a period is over too early.
func IsDue(cal *calendar.Calendar, period calendar.ReportPeriod, on Availability) bool {
	return period.Offset > 0 && !period.Period.Ends.After(on.Newest) &&
		cal.WorkingDaysBetween(period.Period.Ends, on.Today) >= Delay &&
		cal.WorkingDaysBetween(period.Period.Ends, on.Since) < Delay
}
