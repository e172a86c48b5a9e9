package web

import (
	"github.com/prometheus/client_golang/prometheus"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/collector"
	"childrens-services-exporter/exporter/definition"
)

// collectRevisions emits the last closed period as it was first reported, and in a
// sentence what has changed since; a report tells of those before it too. From two
// readings of one period the public could take one from the other, so that this is
// for managers.
func collectRevisions(emit func(prometheus.Metric), state collector.PeriodState, judgedBy map[*definition.Indicator]calendar.Kind) {
	labels := []string{"indicator", "kind", "period", "back"}
	for _, one := range state.Revisions {
		if one.Offset > 1 || one.Period.Kind != judgedBy[one.Observation.Indicator] {
			continue
		}
		values := []string{one.Observation.Indicator.Name, string(one.Period.Kind), one.Period.Label, formatInt(one.Offset)}
		emit(gauge("childrens_indicator_first_reported", "An indicator for a closed period as it was first reported; absent where that was not kept.", labels, values, one.FirstReported.Value))
		emit(gauge("childrens_indicator_first_reported_timestamp_seconds", "When it was first reported.", labels, values, float64(one.FirstReported.At.Unix())))
		if one.FirstReported.Denominator != nil {
			emit(gauge("childrens_indicator_first_reported_numerator", "Its numerator then.", labels, values, *one.FirstReported.Numerator))
			emit(gauge("childrens_indicator_first_reported_denominator", "Its denominator then.", labels, values, *one.FirstReported.Denominator))
		}
		if one.Revised() {
			emit(gauge("childrens_indicator_revision_info", "What was recorded after a period was first reported.",
				append(append([]string{}, labels...), "text"), append(append([]string{}, values...), one.Text()), 1))
		}
	}
	for _, one := range state.Meeting {
		basis := map[bool]string{true: "as_seen", false: "worked_out"}[one.Recorded]
		labels, values := []string{"indicator", "meeting", "basis"}, []string{one.Indicator.Name, one.Meeting, basis}
		emit(gauge("childrens_indicator_last_meeting", "An indicator when the committee last met: as it was seen, or worked out anew where that was not kept.", labels, values, one.Value))
		if one.Status != nil {
			emit(gauge("childrens_indicator_last_meeting_rag", "0 on target, 1 watch, 2 off target, when the committee last met.", labels, values, float64(*one.Status)))
		}
	}
}

// collectFirstReportedSince tells from when first reported values are kept.
func (c *Exporter) collectFirstReportedSince(emit func(prometheus.Metric)) {
	for _, collector := range c.Collectors {
		emit(gauge("childrens_indicator_first_reported_since_timestamp_seconds", "From when values are kept as first reported; what was due before is not kept.",
			[]string{"source"}, []string{collector.State().Source}, float64(collector.FirstReported().Since().Unix())))
	}
}
