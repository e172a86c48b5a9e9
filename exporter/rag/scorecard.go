// Package rag judges indicators against their targets, so that one rule
// gives every screen, alert and report the same answer.
package rag

import (
	"time"

	"childrens-services-exporter/exporter/definition"
)

// RAG is the status of an indicator against its target.
type RAG int

// The three statuses, in the order of concern.
const (
	OnTarget RAG = iota
	Watch
	OffTarget
)

// Judgement is one indicator now, at its headline window.
type Judgement struct {
	Indicator *definition.Indicator
	Reading   definition.Reading
	// Status is nil where there is no target, or too few cases to judge on.
	Status *RAG
}

// Rules say what a judgement needs.
type Rules struct {
	// Denominator is the smallest denominator that a ratio is judged on.
	Denominator float64
	Targets     Targets
}

// Judge picks each indicator's authority-level reading at its headline window
// and judges it by the target of a day. Without a value at that window there is no judgement: another
// window's would stand in its place unnoticed.
func (r Rules) Judge(readings []definition.Reading, day time.Time) []Judgement {
	var judged []Judgement
	for _, reading := range readings {
		indicator := reading.Indicator
		if reading.By == "" && reading.Value != nil && indicator.Measure.Kind != definition.Bands && reading.Period.Kind == indicator.Headline {
			judged = append(judged, Judgement{Indicator: indicator, Reading: reading, Status: r.status(reading, day)})
		}
	}
	return judged
}

// PeriodJudgement is one indicator for a period of a scorecard.
type PeriodJudgement struct {
	PeriodReading
	// Status is nil where there is no target, or too few cases to judge on.
	Status *RAG
}

// JudgePeriods judges every reading of a scorecard's periods, each by the target
// of the period's last day.
func (r Rules) JudgePeriods(readings []PeriodReading) []PeriodJudgement {
	judged := make([]PeriodJudgement, len(readings))
	for i, one := range readings {
		judged[i] = PeriodJudgement{one, r.status(one.Reading, one.Shown.Ends)}
	}
	return judged
}

func (r Rules) status(reading definition.Reading, day time.Time) *RAG {
	target, known := r.Targets.On(reading.Indicator, day)
	if !known || reading.Denominator != nil && *reading.Denominator < r.Denominator {
		return nil
	}
	return new(Status(*reading.Value, target.Value, target.Tolerance, target.Better))
}

// Status compares a value with a target. On the target is on target; within the
// tolerance is watch.
func Status(value, target, tolerance float64, better definition.Polarity) RAG {
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
