package rag

import (
	"fmt"
	"math"
	"strconv"
	"time"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
)

// FirstReportedDelay is how many working days after its end a period is taken as reported
// if no report has been made of it before.
const FirstReportedDelay = 10

// FirstReported is an indicator's value for a period as it was first reported, or as the
// committee saw it at a meeting.
type FirstReported struct {
	Indicator string `json:"indicator"`
	// Version is that of the definition; another's value is another indicator's.
	Version     int      `json:"version"`
	Kind        string   `json:"kind"`
	Period      string   `json:"period"`
	Value       float64  `json:"value"`
	Numerator   *float64 `json:"numerator,omitempty"`
	Denominator *float64 `json:"denominator,omitempty"`
	// RAG is kept for a meeting.
	RAG *Status   `json:"rag,omitempty"`
	At  time.Time `json:"at"`
	// By is report or delay or meeting.
	By string `json:"by"`
}

// The occasions on which a value is kept.
const (
	ByReport  = "report"
	ByDelay   = "delay"
	ByMeeting = "meeting"
)

// NewFirstReported makes an entry of a reading.
func NewFirstReported(reading definition.PeriodObservation, at time.Time, by string) FirstReported {
	indicator := reading.Observation.Indicator
	return FirstReported{
		Indicator: indicator.Name, Version: indicator.Version, Kind: string(reading.Period.Kind), Period: reading.Period.Label,
		Value: *reading.Observation.Value, Numerator: reading.Observation.Numerator, Denominator: reading.Observation.Denominator,
		At: at.UTC().Truncate(time.Second), By: by,
	}
}

// IsDue reports whether a closed period is to be kept now, given the day from which
// values are kept: not before it counts as reported, and not at all where that
// was before anything was kept. Newest is the latest event in the data; a period
// that the data do not reach the end of is not reported with half its events, nor
// one of which only a wrong clock says that it is over.
func IsDue(cal *calendar.Calendar, one calendar.ReportPeriod, today, since, newest time.Time) bool {
	return one.Offset > 0 && !one.Period.Ends.After(newest) &&
		cal.WorkingDaysBetween(one.Period.Ends, today) >= FirstReportedDelay &&
		cal.WorkingDaysBetween(one.Period.Ends, since) < FirstReportedDelay
}

// Revision is a closed period as it was first reported and as it is now.
type Revision struct {
	definition.PeriodObservation
	FirstReported FirstReported
}

// Revised reports whether the value has changed since.
func (r Revision) Revised() bool {
	const hair = 1e-9
	return math.Abs(r.FirstReported.Value-*r.Observation.Value) > hair
}

// Text says what has changed, in one sentence for a committee.
func (r Revision) Text() string {
	unit := r.Observation.Indicator.Unit
	text := fmt.Sprintf("%s was %s, now %s", r.Period.Label, shownIn(unit, r.FirstReported.Value), shownIn(unit, *r.Observation.Value))
	since := " recorded after " + r.FirstReported.At.In(london()).Format("2 January 2006")
	switch {
	case r.FirstReported.Denominator != nil && r.Observation.Denominator != nil:
		counted, met := *r.Observation.Denominator-*r.FirstReported.Denominator, *r.Observation.Numerator-*r.FirstReported.Numerator
		return text + ": " + change(counted) + " counted and " + change(met) + " of them in the numerator," + since
	case r.Observation.Indicator.Measure.Kind == definition.Count:
		return text + ": " + change(*r.Observation.Value-r.FirstReported.Value) + since
	}
	return text + "," + since
}

func london() *time.Location {
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		return time.UTC
	}
	return zone
}

func change(by float64) string {
	if by < 0 {
		return plain(-by) + " fewer"
	}
	return plain(by) + " more"
}

func plain(n float64) string { return strconv.FormatFloat(math.Round(n*10)/10, 'f', -1, 64) }

func shownIn(unit string, value float64) string {
	const secondsOfDay = 86400
	switch unit {
	case "ratio":
		return plain(value*100) + " %"
	case "seconds":
		return plain(value/secondsOfDay) + " days"
	}
	return plain(value)
}
