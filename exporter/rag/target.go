package rag

import (
	"cmp"
	"slices"
	"time"

	"childrens-services-exporter/exporter/definition"
)

// Target is the value that an indicator should reach, from a day on.
type Target struct {
	// From is the first day on which the target applies; zero for a target of the catalogue.
	From time.Time
	// Until is the last day on which the target applies; zero where it has no end.
	Until     time.Time
	Value     float64
	Tolerance float64
	Better    definition.Polarity
	// None is true where the council has decided to have no target.
	None       bool
	Owner      string
	Trajectory *Trajectory
}

// Trajectory is a target that moves day by day from Start to End and stays there.
type Trajectory struct {
	Start, End   float64
	Starts, Ends time.Time
}

// on is the target of the trajectory on a day.
func (t Trajectory) on(day time.Time) float64 {
	switch {
	case !day.After(t.Starts):
		return t.Start
	case !day.Before(t.Ends):
		return t.End
	}
	return t.Start + (t.End-t.Start)*float64(day.Sub(t.Starts))/float64(t.Ends.Sub(t.Starts))
}

// byIndicator holds targets by the name of their indicator, the earliest first.
type byIndicator map[string][]Target

// Targets are the council's own, from its settings and from its tables. The zero
// value has none, so that those of the catalogue hold.
type Targets struct {
	fromSettings byIndicator
	// tables are the targets of the council's tables, by source.
	tables map[string]byIndicator
}

// On is the target of an indicator on a day, and false where it has none. The council's own latest target that applies on
// the day goes before the one of the catalogue.
func (t Targets) On(indicator *definition.Indicator, day time.Time) (Target, bool) {
	candidates, inSettings := t.fromSettings[indicator.Name]
	if !inSettings {
		candidates = t.inTables(indicator)
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

// Better is the direction in which an indicator should move on a day: the council's own, or the one of the catalogue.
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
