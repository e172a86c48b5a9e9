package calendar

// ReportPeriod is a named period of a report, such as 2025-26 Q4, and what a cohort is queried for to fill it.
type ReportPeriod struct {
	// Period is the period as a committee names it.
	Period Period
	// Offset is 0 for the open period, 1 for the last that closed.
	Offset int
	// Query is the period that the cohort is queried for: Period itself for a flow, the last day of it for a snapshot,
	// the twelve months that end with it for a cohort of yearly figures.
	Query Period
}

// IsComparison reports whether a period is the last that closed or the same one a year before. The two are set side by
// side.
func (r ReportPeriod) IsComparison() bool {
	report, _ := reportKind(r.Period.Kind)
	return r.Offset == 1 || r.Offset == 1+report.PerYear
}

// QueryPeriods lists what a cohort is queried for to fill report periods, each period once.
func QueryPeriods(periods []ReportPeriod) []Period {
	queries := make([]Period, len(periods))
	for i, period := range periods {
		queries[i] = period.Query
	}
	return Unique(queries)
}
