package web

import (
	"strconv"

	"childrens-services-exporter/exporter/evaluate"
	"childrens-services-exporter/exporter/staging"
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
	for _, snapshot := range e.snapshots() {
		w.gauge(upDesc, boolToFloat(snapshot.Up), snapshot.Source)
		for reason := range snapshot.Held {
			w.gauge(guardHeldDesc, 1, snapshot.Source, string(reason))
		}
		for _, cohort := range snapshot.Cohorts {
			collectCohort(w, cohort)
			e.collectAvailability(w, cohort)
		}
	}
}

func collectCohort(w *pageWriter, cohort evaluate.CohortSnapshot) {
	name := cohort.Cohort.Name
	w.gauge(cohortSuccessDesc, boolToFloat(cohort.Problem == "" && !cohort.Succeeded.IsZero()), name)
	if !cohort.Succeeded.IsZero() {
		w.gauge(cohortDurationDesc, cohort.Duration.Seconds(), name)
		w.gauge(cohortRowsDesc, float64(cohort.Rows), name)
		w.gauge(cohortSeriesDesc, float64(cohort.Series), name)
		w.gauge(cohortLastSuccessTimestampDesc, float64(cohort.Succeeded.Unix()), name)
	}
	if !cohort.Periods.Succeeded.IsZero() {
		w.gauge(cohortPeriodsDurationDesc, cohort.Periods.Duration.Seconds(), name)
		w.gauge(cohortPeriodsLastSuccessTimestampDesc, float64(cohort.Periods.Succeeded.Unix()), name)
	}
}

// collectAvailability writes whether each indicator of a cohort is served, and the
// reason where it is not.
func (e *Exporter) collectAvailability(w *pageWriter, cohort evaluate.CohortSnapshot) {
	available, reason := availability(cohort, evaluate.IsFresh(cohort.Succeeded, e.Now(), e.MaxAge))
	for _, indicator := range cohort.Cohort.Indicators {
		available, reason := available, reason
		if withdrawal, withdrawn := staging.FindWithdrawal(cohort.Withdrawn, indicator, ""); available && withdrawn {
			available, reason = false, withdrawal.Reason
		}
		w.gauge(indicatorAvailableDesc, boolToFloat(available), indicator.Name)
		if !available {
			w.gauge(indicatorUnavailableReasonDesc, 1, indicator.Name, string(reason))
		}
	}
}

func availability(cohort evaluate.CohortSnapshot, fresh bool) (available bool, reason unavailable.Reason) {
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

// collectFreshness writes the only health metrics of the public page: the age of the
// data.
func (e *Exporter) collectFreshness(w *pageWriter) {
	now := e.Now()
	for _, snapshot := range e.snapshots() {
		w.gauge(staleDesc, boolToFloat(!evaluate.IsFresh(snapshot.Succeeded, now, e.MaxAge)), snapshot.Source)
		if !snapshot.Newest.IsZero() {
			w.gauge(sourceDataTimestampDesc, float64(snapshot.Newest.Unix()), snapshot.Source)
		}
	}
}

// collectConfigIssues counts the entries of the council's settings, files and tables
// that are left out; each is in the log.
func (e *Exporter) collectConfigIssues(w *pageWriter) {
	counts := map[string]int{"benchmarks": 0, "targets": 0, "meetings": 0, "state": 0}
	for _, issue := range e.Issues {
		counts[issue.Input]++
	}
	for _, snapshot := range e.snapshots() {
		counts["state"] += len(snapshot.StateIssues)
		counts["targets"] += len(snapshot.Issues)
	}
	if comments, ok := e.commentary(); ok {
		counts["commentary"] = len(comments.Issues)
	}
	for input, count := range counts {
		w.gauge(rejectedEntriesDesc, float64(count), input)
	}
}
