package rag

import (
	"fmt"
	"math"
	"strconv"
	"time"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
)

// FirstDelay is how many working days after its end a period is taken as reported
// if no report has been made of it before.
const FirstDelay = 10

// First is an indicator's value for a period as it was first reported, or as the
// committee saw it at a meeting.
type First struct {
	Indicator string `json:"indicator"`
	// Version is that of the definition; another's value is another indicator's.
	Version     int      `json:"version"`
	Kind        string   `json:"kind"`
	Period      string   `json:"period"`
	Value       float64  `json:"value"`
	Numerator   *float64 `json:"numerator,omitempty"`
	Denominator *float64 `json:"denominator,omitempty"`
	// RAG is kept for a meeting.
	RAG *RAG      `json:"rag,omitempty"`
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

// NewFirst makes an entry of a reading.
func NewFirst(reading PeriodReading, at time.Time, by string) First {
	indicator := reading.Reading.Indicator
	return First{
		Indicator: indicator.Name, Version: indicator.Version, Kind: string(reading.Shown.Kind), Period: reading.Shown.Label,
		Value: *reading.Reading.Value, Numerator: reading.Reading.Numerator, Denominator: reading.Reading.Denominator,
		At: at.UTC().Truncate(time.Second), By: by,
	}
}

// Due reports whether a closed period is to be kept now, given the day from which
// values are kept: not before it counts as reported, and not at all where that
// was before anything was kept. Newest is the latest event in the data; a period
// that the data do not reach the end of is not reported with half its events, nor
// one of which only a wrong clock says that it is over.
func Due(cal *calendar.Calendar, one Reported, today, since, newest time.Time) bool {
	return one.Back > 0 && !one.Shown.Ends.After(newest) &&
		cal.WorkingDaysBetween(one.Shown.Ends, today) >= FirstDelay &&
		cal.WorkingDaysBetween(one.Shown.Ends, since) < FirstDelay
}

// Revision is a closed period as it was first reported and as it is now.
type Revision struct {
	PeriodReading
	First First
}

// Revised reports whether the value has changed since.
func (r Revision) Revised() bool {
	const hair = 1e-9
	return math.Abs(r.First.Value-*r.Reading.Value) > hair
}

// Text says what has changed, in one sentence for a committee.
func (r Revision) Text() string {
	unit := r.Reading.Indicator.Unit
	text := fmt.Sprintf("%s was %s, now %s", r.Shown.Label, shownIn(unit, r.First.Value), shownIn(unit, *r.Reading.Value))
	since := " recorded after " + r.First.At.In(london()).Format("2 January 2006")
	switch {
	case r.First.Denominator != nil && r.Reading.Denominator != nil:
		counted, met := *r.Reading.Denominator-*r.First.Denominator, *r.Reading.Numerator-*r.First.Numerator
		return text + ": " + change(counted) + " counted and " + change(met) + " of them in the numerator," + since
	case r.Reading.Indicator.Measure.Kind == definition.Count:
		return text + ": " + change(*r.Reading.Value-r.First.Value) + since
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
