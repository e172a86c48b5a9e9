// Package rag rates indicators against their targets: red, amber or green. One rule gives every dashboard, alert and report
// the same status.
package rag

import (
	"time"

	"childrens-services-exporter/exporter/definition"
)

// Status is the RAG status of an indicator: on target (green), watch (amber) or off target (red).
type Status int

// The three statuses, in the order of concern.
const (
	OnTarget Status = iota
	Watch
	OffTarget
)

// Rating is one indicator now, at its headline window, with its status.
type Rating struct {
	Indicator   *definition.Indicator
	Observation definition.Observation
	// Status is nil where there is no target, or where the denominator is below the minimum.
	Status *Status
}

// Policy holds what decides a status beside the value.
type Policy struct {
	// MinDenominator is the smallest denominator of a ratio that has a status.
	MinDenominator float64
	Targets        Targets
}

// Ratings rates each indicator's observation of the whole authority at its headline window by the target of a day. An
// indicator without a value at that window has no rating: another window's would be taken for it.
func (r Policy) Ratings(observations []definition.Observation, day time.Time) []Rating {
	var ratings []Rating
	for _, observation := range observations {
		if observation.By == "" && atHeadline(observation) {
			ratings = append(ratings, Rating{Indicator: observation.Indicator, Observation: observation, Status: r.status(observation, day)})
		}
	}
	return ratings
}

// PeriodRating is one indicator in a report period, with its status.
type PeriodRating struct {
	definition.PeriodObservation
	// Status is nil where there is no target, or where the denominator is below the minimum.
	Status *Status
}

// PeriodRatings rates each observation by the target of the last day of its report period.
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

// StatusOf decides the RAG status of a value: on target where it reaches the target, watch where it is within the
// tolerance, off target beyond it.
func StatusOf(value, target, tolerance float64, better definition.Polarity) Status {
	// Ratios are quotients of counts, so that a value on the target may differ from it in the last binary digit.
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
