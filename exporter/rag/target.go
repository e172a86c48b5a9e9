package rag

import (
	"cmp"
	"slices"
	"time"

	"childrens-services-exporter/exporter/definition"
)

// Target is what an indicator should reach from a day on.
type Target struct {
	// From is the first day it holds; zero for a target of the catalogue.
	From time.Time
	// Until is the last day it holds; zero is for good.
	Until     time.Time
	Value     float64
	Tolerance float64
	Better    definition.Polarity
	// None is true where the council has decided on no target.
	None       bool
	Owner      string
	Trajectory *Trajectory
}

// Trajectory is a promise with a date: the target moves day by day from Start to
// End and stays there.
type Trajectory struct {
	Start, End   float64
	Starts, Ends time.Time
}

// on is the trajectory's target on a day.
func (t Trajectory) on(day time.Time) float64 {
	switch {
	case !day.After(t.Starts):
		return t.Start
	case !day.Before(t.Ends):
		return t.End
	}
	return t.Start + (t.End-t.Start)*float64(day.Sub(t.Starts))/float64(t.Ends.Sub(t.Starts))
}

// byIndicator are targets, the earliest of an indicator first.
type byIndicator map[string][]Target

// Targets are the council's own, from its settings and from its tables. The zero
// value has none, so that those of the catalogue hold.
type Targets struct {
	fromSettings byIndicator
	// tables is shared by all copies: a table is read with every collection.
	tables *targetTables
}

// On is the target of an indicator on a day, and false where it has none. Of the
// council's own the latest that holds by then is taken, without one the
// catalogue's.
func (t Targets) On(indicator *definition.Indicator, day time.Time) (Target, bool) {
	candidates, inSettings := t.fromSettings[indicator.Name]
	if !inSettings {
		candidates = t.tables.of(indicator)
	}
	for _, target := range slices.Backward(candidates) {
		if target.From.After(day) || !target.Until.IsZero() && target.Until.Before(day) {
			continue
		}
		if target.Trajectory != nil {
			target.Value = target.Trajectory.on(day)
		}
		return target, !target.None
	}
	if indicator.Target == nil {
		return Target{Better: indicator.Better}, false
	}
	return Target{Value: *indicator.Target, Tolerance: indicator.Tolerance, Better: indicator.Better}, true
}

// Better is the way an indicator should move: the council's own word on a day, or
// the catalogue's.
func (t Targets) Better(indicator *definition.Indicator, day time.Time) definition.Polarity {
	if target, ok := t.On(indicator, day); ok {
		return target.Better
	}
	return indicator.Better
}

func (t byIndicator) add(indicator string, target Target) {
	t[indicator] = append(t[indicator], target)
	slices.SortStableFunc(t[indicator], func(a, b Target) int { return cmp.Compare(a.From.Unix(), b.From.Unix()) })
}
