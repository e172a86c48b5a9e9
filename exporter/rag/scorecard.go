// Package rag judges indicators against their targets, so that one rule
// gives every screen, alert and report the same answer.
package rag

import (
	"time"

	"childrens-services-exporter/exporter/definition"
)

// Status is the status of an indicator against its target.
type Status int

// The three statuses, in the order of concern.
const (
	OnTarget Status = iota
	Watch
	OffTarget
)

// Rating is one indicator now, at its headline window.
type Rating struct {
	Indicator *definition.Indicator
	Observation   definition.Observation
	// Status is nil where there is no target, or too few cases to judge on.
	Status *Status
}

// Policy say what a judgement needs.
type Policy struct {
	// MinDenominator is the smallest denominator that a ratio is judged on.
	MinDenominator float64
	Targets     Targets
}

// Ratings picks each indicator's authority-level reading at its headline window
// and judges it by the target of a day. Without a value at that window there is no judgement: another
// window's would stand in its place unnoticed.
func (r Policy) Ratings(readings []definition.Observation, day time.Time) []Rating {
	var judged []Rating
	for _, reading := range readings {
		indicator := reading.Indicator
		if reading.By == "" && reading.Value != nil && indicator.Measure.Kind != definition.Bands && reading.Period.Kind == indicator.Headline {
			judged = append(judged, Rating{Indicator: indicator, Observation: reading, Status: r.status(reading, day)})
		}
	}
	return judged
}

// PeriodRating is one indicator for a period of a scorecard.
type PeriodRating struct {
	PeriodObservation
	// Status is nil where there is no target, or too few cases to judge on.
	Status *Status
}

// PeriodRatings judges every reading of a scorecard's periods, each by the target
// of the period's last day.
func (r Policy) PeriodRatings(readings []PeriodObservation) []PeriodRating {
	judged := make([]PeriodRating, len(readings))
	for i, one := range readings {
		judged[i] = PeriodRating{one, r.status(one.Observation, one.Period.Ends)}
	}
	return judged
}

func (r Policy) status(reading definition.Observation, day time.Time) *Status {
	target, known := r.Targets.On(reading.Indicator, day)
	if !known || reading.Denominator != nil && *reading.Denominator < r.MinDenominator {
		return nil
	}
	return new(StatusOf(*reading.Value, target.Value, target.Tolerance, target.Better))
}

// StatusOf compares a value with a target. On the target is on target; within the
// tolerance is watch.
func StatusOf(value, target, tolerance float64, better definition.Polarity) Status {
	// Ratios are quotients of counts: a hair's breadth is not a difference.
	const hair = 1e-9
	short := target - value
	if better == definition.LowerBetter {
		short = value - target
	}
	switch {
	case short <= hair:
		return OnTarget
	case short <= tolerance+hair:
		return Watch
	default:
		return OffTarget
	}
}
