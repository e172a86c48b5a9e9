package web

import (
	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/evaluate"
)

// collectRevisions writes the first reported value of the last closed period, and a
// sentence on what has changed since. Earlier periods are in the report only.
func collectRevisions(w *pageWriter, periods evaluate.PeriodSnapshot, primary map[*definition.Indicator]calendar.Kind) {
	for _, revision := range periods.Revisions {
		if revision.Offset > 1 || revision.Period.Kind != primary[revision.Observation.Indicator] {
			continue
		}
		labels, first := periodLabelValues(revision.ReportPeriod, revision.Observation.Indicator), revision.FirstReported
		w.gauge(indicatorFirstReportedDesc, first.Value, labels...)
		w.gauge(indicatorFirstReportedTimestampDesc, float64(first.At.Unix()), labels...)
		if first.Denominator != nil {
			w.gauge(indicatorFirstReportedNumeratorDesc, *first.Numerator, labels...)
			w.gauge(indicatorFirstReportedDenominatorDesc, *first.Denominator, labels...)
		}
		if revision.Revised() {
			w.gauge(indicatorRevisionInfoDesc, 1, append(labels, revision.Text())...)
		}
	}
}

// collectLastMeeting writes the indicators as they were when the committee last met.
func collectLastMeeting(w *pageWriter, periods evaluate.PeriodSnapshot) {
	for _, meeting := range periods.Meeting {
		basis := "recalculated"
		if meeting.Recorded {
			basis = "recorded"
		}
		w.gauge(indicatorLastMeetingDesc, meeting.Value, meeting.Indicator.Name, meeting.Meeting, basis)
		if meeting.Status != nil {
			w.gauge(indicatorLastMeetingRAGDesc, float64(*meeting.Status), meeting.Indicator.Name, meeting.Meeting, basis)
		}
	}
}

// collectFirstReportedSince writes when the recording of first reported values began.
func (e *Exporter) collectFirstReportedSince(w *pageWriter) {
	for _, snapshot := range e.snapshots() {
		w.gauge(indicatorFirstReportedSinceDesc, float64(snapshot.FirstReportedSince.Unix()), snapshot.Source)
	}
}
