package web

import (
	"iter"
	"time"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/rag"
)

// collectRatings writes the generic families of the indicators, each at its
// headline window.
func collectRatings(w *pageWriter, ratings []rag.Rating) {
	for _, rating := range ratings {
		name := rating.Indicator.Name
		w.gauge(indicatorValueDesc, *rating.Observation.Value, name)
		if rating.Observation.Numerator != nil {
			w.gauge(indicatorNumeratorDesc, *rating.Observation.Numerator, name)
			w.gauge(indicatorDenominatorDesc, *rating.Observation.Denominator, name)
		}
		if rating.Status != nil {
			w.gauge(indicatorRAGDesc, float64(*rating.Status), name)
		}
	}
}

// collectTeamRatings writes the status of each team, on the managers' page only.
func collectTeamRatings(w *pageWriter, ratings []rag.TeamRating) {
	for _, rating := range ratings {
		w.gauge(indicatorRAGByTeamDesc, float64(rating.Status), rating.Indicator.Name, rating.Team)
	}
}

// collectTargets writes the targets in force on a day.
func (e *Exporter) collectTargets(w *pageWriter, day time.Time) {
	for indicator, targets := range e.targets() {
		target, ok := targets.On(indicator, day)
		if !ok {
			continue
		}
		w.gauge(indicatorTargetDesc, target.Value, indicator.Name)
		w.gauge(indicatorToleranceDesc, target.Tolerance, indicator.Name)
		if trajectory := target.Trajectory; trajectory != nil {
			w.gauge(indicatorTrajectoryEndDesc, trajectory.End, indicator.Name, trajectory.Ends.Format(time.DateOnly))
		}
	}
}

// targets are the indicators, each with the targets that its values are rated by.
func (e *Exporter) targets() iter.Seq2[*definition.Indicator, rag.Targets] {
	return func(yield func(*definition.Indicator, rag.Targets) bool) {
		for _, snapshot := range e.snapshots() {
			for _, cohort := range snapshot.Cohorts {
				for _, indicator := range cohort.Cohort.Indicators {
					if !yield(indicator, snapshot.Targets) {
						return
					}
				}
			}
		}
	}
}

// collectOwners writes the owner of each target on a day, on the managers' page only.
func (e *Exporter) collectOwners(w *pageWriter, day time.Time) {
	for indicator, targets := range e.targets() {
		if target, _ := targets.On(indicator, day); target.Owner != "" {
			w.gauge(indicatorOwnerInfoDesc, 1, indicator.Name, target.Owner)
		}
	}
}

// collectPeriods writes the open and the closed report periods.
func collectPeriods(w *pageWriter, ratings []rag.PeriodRating) {
	for _, rating := range ratings {
		observation := rating.Observation
		labels := periodLabelValues(rating.ReportPeriod, observation.Indicator)
		w.gauge(indicatorPeriodDesc, *observation.Value, labels...)
		if observation.Numerator != nil {
			w.gauge(indicatorPeriodNumeratorDesc, *observation.Numerator, labels...)
			w.gauge(indicatorPeriodDenominatorDesc, *observation.Denominator, labels...)
		}
		if rating.Status != nil {
			w.gauge(indicatorPeriodRAGDesc, float64(*rating.Status), labels...)
		}
	}
}

// periodLabelValues are the values of periodLabels.
func periodLabelValues(period calendar.ReportPeriod, indicator *definition.Indicator) []string {
	return []string{indicator.Name, string(period.Period.Kind), period.Period.Label, formatInt(period.Offset)}
}
