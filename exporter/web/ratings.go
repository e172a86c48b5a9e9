package web

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/rag"
)

// collectRatings emits the generic families, which let one scorecard, one set of
// alerts and one report serve every indicator.
func (c *Exporter) collectRatings(emit func(prometheus.Metric), readings []definition.Observation, day time.Time) {
	label := []string{"indicator"}
	for _, judgement := range c.RAG.Ratings(readings, day) {
		name := []string{judgement.Indicator.Name}
		emit(gauge("childrens_indicator_value", "An indicator now, at its headline window.", label, name, *judgement.Observation.Value))
		if judgement.Observation.Numerator != nil {
			emit(gauge("childrens_indicator_numerator", "Its numerator.", label, name, *judgement.Observation.Numerator))
			emit(gauge("childrens_indicator_denominator", "Its denominator.", label, name, *judgement.Observation.Denominator))
		}
		if judgement.Status != nil {
			emit(gauge("childrens_indicator_rag", "0 on target, 1 watch, 2 off target.", label, name, float64(*judgement.Status)))
		}
	}
}

// collectTargets emits the targets that hold on a day.
func (c *Exporter) collectTargets(emit func(prometheus.Metric), day time.Time) {
	label := []string{"indicator"}
	for _, indicator := range c.indicators() {
		target, known := c.RAG.Targets.On(indicator, day)
		if !known {
			continue
		}
		name := []string{indicator.Name}
		emit(gauge("childrens_indicator_target", "The target of an indicator.", label, name, target.Value))
		emit(gauge("childrens_indicator_tolerance", "How far off target is still watch.", label, name, target.Tolerance))
		if promise := target.Trajectory; promise != nil {
			emit(gauge("childrens_indicator_trajectory_end", "What a target that moves day by day will have come to, and when.",
				[]string{"indicator", "ends"}, []string{indicator.Name, promise.Ends.Format(time.DateOnly)}, promise.End))
		}
	}
}

// collectOwners tells managers who answers for a target on a day.
func (c *Exporter) collectOwners(emit func(prometheus.Metric), day time.Time) {
	for _, indicator := range c.indicators() {
		if target, _ := c.RAG.Targets.On(indicator, day); target.Owner != "" {
			emit(gauge("childrens_indicator_owner_info", "Who answers for an indicator's target.",
				[]string{"indicator", "owner"}, []string{indicator.Name, target.Owner}, 1))
		}
	}
}

// collectPeriods emits the open and the closed periods of a scorecard.
func collectPeriods(emit func(prometheus.Metric), judged []rag.PeriodRating) {
	labels := []string{"indicator", "kind", "period", "back"}
	for _, judgement := range judged {
		shown, reading := judgement.ReportPeriod, judgement.Observation
		values := []string{reading.Indicator.Name, string(shown.Period.Kind), shown.Period.Label, formatInt(shown.Offset)}
		emit(gauge("childrens_indicator_period", "An indicator for a period, with what was recorded late; back is 0 for the open period and 1 for the last closed one.",
			labels, values, *reading.Value))
		if reading.Numerator != nil {
			emit(gauge("childrens_indicator_period_numerator", "Its numerator.", labels, values, *reading.Numerator))
			emit(gauge("childrens_indicator_period_denominator", "Its denominator.", labels, values, *reading.Denominator))
		}
		if judgement.Status != nil {
			emit(gauge("childrens_indicator_period_rag", "0 on target, 1 watch, 2 off target.", labels, values, float64(*judgement.Status)))
		}
	}
}

// collectChanges tells which definitions count differently than they once did.
func (c *Exporter) collectChanges(emit func(prometheus.Metric)) {
	for _, indicator := range c.indicators() {
		for _, change := range indicator.Changes {
			emit(gauge("childrens_indicator_change_info", "What a version of a definition counts differently from the one before.",
				[]string{"indicator", "definition_version", "date", "change"},
				[]string{indicator.Name, formatInt(change.Version), change.Day, change.What}, 1))
		}
	}
}
