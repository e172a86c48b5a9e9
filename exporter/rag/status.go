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
	Indicator   *definition.Indicator
	Observation definition.Observation
	// Status is nil where there is no target, or too few cases to judge on.
	Status *Status
}

// Policy say what a judgement needs.
type Policy struct {
	// MinDenominator is the smallest denominator that a ratio is judged on.
	MinDenominator float64
	Targets        Targets
}

// Ratings picks each indicator's authority-level reading at its headline window
// and judges it by the target of a day. Without a value at that window there is no judgement: another
// window's would stand in its place unnoticed.
func (r Policy) Ratings(observations []definition.Observation, day time.Time) []Rating {
	var ratings []Rating
	for _, observation := range observations {
		indicator := observation.Indicator
		if observation.By == "" && observation.Value != nil && indicator.Measure.Kind != definition.Bands && observation.Period.Kind == indicator.Headline {
			ratings = append(ratings, Rating{Indicator: indicator, Observation: observation, Status: r.status(observation, day)})
		}
	}
	return ratings
}

// PeriodRating is one indicator for a period of a scorecard.
type PeriodRating struct {
	definition.PeriodObservation
	// Status is nil where there is no target, or too few cases to judge on.
	Status *Status
}

// PeriodRatings judges every reading of a scorecard's periods, each by the target
// of the period's last day.
func (r Policy) PeriodRatings(observations []definition.PeriodObservation) []PeriodRating {
	ratings := make([]PeriodRating, len(observations))
	for i, observation := range observations {
		ratings[i] = PeriodRating{observation, r.status(observation.Observation, observation.Period.Ends)}
	}
	return ratings
}

func (r Policy) status(observation definition.Observation, day time.Time) *Status {
	target, hasTarget := r.Targets.On(observation.Indicator, day)
	if !hasTarget || observation.Denominator != nil && *observation.Denominator < r.MinDenominator {
		return nil
	}
	return new(StatusOf(*observation.Value, target.Value, target.Tolerance, target.Better))
}

// StatusOf compares a value with a target. On the target is on target; within the
// tolerance is watch.
func StatusOf(value, target, tolerance float64, better definition.Polarity) Status {
	// Ratios are quotients of counts: a hair's breadth is not a difference.
	const epsilon = 1e-9
	shortfall := target - value
	if better == definition.LowerBetter {
		shortfall = value - target
	}
	switch {
	case shortfall <= epsilon:
		return OnTarget
	case shortfall <= tolerance+epsilon:
		return Watch
	default:
		return OffTarget
	}
}
