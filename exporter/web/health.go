package web

import (
	"strconv"

	"github.com/prometheus/client_golang/prometheus"

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

// collectHealth tells how the exporter itself fares, per source and cohort.
func (c *Exporter) collectHealth(emit func(prometheus.Metric)) {
	c.collectFreshness(emit)
	emit(gauge("childrens_exporter_build_info", "The exporter's version.", []string{"version"}, []string{c.Version}, 1))
	now := c.Now()
	source, cohort := []string{"source"}, []string{"cohort"}
	for _, state := range c.states() {
		emit(gauge("childrens_exporter_up", "1 if the last collection could read the source.", source, []string{state.Source}, boolToFloat(state.Up)))
		for reason := range state.Held {
			emit(gauge("childrens_exporter_guard_held", "1 while a guard keeps new readings back.",
				[]string{"source", "reason"}, []string{state.Source, string(reason)}, 1))
		}
		for _, one := range state.Cohorts {
			name := []string{one.Cohort.Name}
			ok := one.Problem == "" && !one.Succeeded.IsZero()
			emit(gauge("childrens_exporter_cohort_success", "1 if the cohort's last evaluation succeeded.", cohort, name, boolToFloat(ok)))
			if !one.Succeeded.IsZero() {
				emit(gauge("childrens_exporter_cohort_duration_seconds", "How long the cohort's last evaluation took.", cohort, name, one.Duration.Seconds()))
				emit(gauge("childrens_exporter_cohort_rows", "Rows of the cohort in its last evaluation.", cohort, name, float64(one.Rows)))
				emit(gauge("childrens_exporter_cohort_series", "Samples of the cohort's last evaluation.", cohort, name, float64(series(one))))
				emit(gauge("childrens_exporter_cohort_last_success_timestamp_seconds", "When the cohort was last read.", cohort, name, float64(one.Succeeded.Unix())))
			}
			if !one.Periods.Succeeded.IsZero() {
				emit(gauge("childrens_exporter_cohort_periods_duration_seconds", "How long the periods of the cohort's scorecard took.", cohort, name, one.Periods.Duration.Seconds()))
				emit(gauge("childrens_exporter_cohort_periods_last_success_timestamp_seconds", "When the periods of the cohort's scorecard were last read.", cohort, name, float64(one.Periods.Succeeded.Unix())))
			}
			available, reason := availability(one, collector.Fresh(one.Succeeded, now, c.MaxAge))
			for _, indicator := range one.Cohort.Indicators {
				emit(gauge("childrens_exporter_indicator_available", "1 if the indicator is served, else why it is not.",
					[]string{"indicator", "reason"}, []string{indicator.Name, string(reason)}, boolToFloat(available)))
			}
		}
	}
}

func availability(state collector.CohortState, fresh bool) (available bool, reason unavailable.Reason) {
	switch {
	case fresh && state.Live != nil:
		return true, ""
	case state.Reason != "":
		return false, state.Reason
	case state.Succeeded.IsZero():
		return false, unavailable.NotYetRead
	default:
		return false, unavailable.Expired
	}
}

func series(state collector.CohortState) int {
	count := 0
	for _, reading := range state.Live {
		count += len(reading.Samples())
	}
	return count
}

// collectFreshness is all that the public may know of the exporter's health.
func (c *Exporter) collectFreshness(emit func(prometheus.Metric)) {
	now := c.Now()
	for _, state := range c.states() {
		labels, values := []string{"source"}, []string{state.Source}
		emit(gauge("childrens_exporter_stale", "1 while values are older than they may be, or were never read.",
			labels, values, boolToFloat(!collector.Fresh(state.Succeeded, now, c.MaxAge))))
		if !state.Newest.IsZero() {
			emit(gauge("childrens_exporter_source_data_timestamp_seconds", "Date of the latest event in the data.",
				labels, values, float64(state.Newest.Unix())))
		}
	}
}
