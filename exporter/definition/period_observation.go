package definition

import "childrens-services-exporter/exporter/calendar"

// PeriodObservation is one indicator's value for a report period.
type PeriodObservation struct {
	calendar.ReportPeriod
	Observation Observation
}
