package web

import (
	"strconv"

	"childrens-services-exporter/exporter/collector"
	"childrens-services-exporter/exporter/unavailable"
)

func formatInt(n int) string { return strconv.Itoa(n) }

func boolToFloat(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// collectHealth writes the health of each source and cohort.
func (e *Exporter) collectHealth(w *pageWriter) {
	e.collectFreshness(w)
	for _, state := range e.states() {
		w.gauge(upDesc, boolToFloat(state.Up), state.Source)
		for reason := range state.Held {
			w.gauge(guardHeldDesc, 1, state.Source, string(reason))
		}
		for _, cohort := range state.Cohorts {
			collectCohort(w, cohort)
			e.collectAvailability(w, cohort)
		}
	}
}

func collectCohort(w *pageWriter, cohort collector.CohortState) {
	name := cohort.Cohort.Name
	w.gauge(cohortSuccessDesc, boolToFloat(cohort.Problem == "" && !cohort.Succeeded.IsZero()), name)
	if !cohort.Succeeded.IsZero() {
		w.gauge(cohortDurationDesc, cohort.Duration.Seconds(), name)
		w.gauge(cohortRowsDesc, float64(cohort.Rows), name)
		w.gauge(cohortSeriesDesc, float64(countSeries(cohort)), name)
		w.gauge(cohortLastSuccessTimestampDesc, float64(cohort.Succeeded.Unix()), name)
	}
	if !cohort.Periods.Succeeded.IsZero() {
		w.gauge(cohortPeriodsDurationDesc, cohort.Periods.Duration.Seconds(), name)
		w.gauge(cohortPeriodsLastSuccessTimestampDesc, float64(cohort.Periods.Succeeded.Unix()), name)
	}
}

// collectAvailability writes which indicators of a cohort are served, and why the
// others are not.
func (e *Exporter) collectAvailability(w *pageWriter, cohort collector.CohortState) {
	available, reason := availability(cohort, collector.Fresh(cohort.Succeeded, e.Now(), e.MaxAge))
	for _, indicator := range cohort.Cohort.Indicators {
		w.gauge(indicatorAvailableDesc, boolToFloat(available), indicator.Name)
		if !available {
			w.gauge(indicatorUnavailableReasonDesc, 1, indicator.Name, string(reason))
		}
	}
}

func availability(cohort collector.CohortState, fresh bool) (available bool, reason unavailable.Reason) {
	switch {
	case fresh && cohort.Live != nil:
		return true, ""
	case cohort.Reason != "":
		return false, cohort.Reason
	case cohort.Succeeded.IsZero():
		return false, unavailable.NotYetRead
	default:
		return false, unavailable.Expired
	}
}

func countSeries(cohort collector.CohortState) int {
	count := 0
	for _, observation := range cohort.Live {
		count += len(observation.Samples())
	}
	return count
}

// collectFreshness writes all that the public may know of the exporter's health.
func (e *Exporter) collectFreshness(w *pageWriter) {
	now := e.Now()
	for _, state := range e.states() {
		w.gauge(staleDesc, boolToFloat(!collector.Fresh(state.Succeeded, now, e.MaxAge)), state.Source)
		if !state.Newest.IsZero() {
			w.gauge(sourceDataTimestampDesc, float64(state.Newest.Unix()), state.Source)
		}
	}
}

// collectConfigIssues writes how many entries of the council's own are left out;
// the log names each when it is met.
func (e *Exporter) collectConfigIssues(w *pageWriter) {
	counts := map[string]int{"benchmarks": 0, "targets": 0, "meetings": 0, "state": 0}
	for _, issue := range e.Issues {
		counts[issue.Input]++
	}
	for _, collector := range e.Collectors {
		counts["state"] += len(collector.FirstReported().Issues())
		counts["targets"] += len(collector.State().Issues)
	}
	if comments, ok := e.commentary(); ok {
		counts["commentary"] = len(comments.Issues)
	}
	for input, count := range counts {
		w.gauge(rejectedEntriesDesc, float64(count), input)
	}
}
