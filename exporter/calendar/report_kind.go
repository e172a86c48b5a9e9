package calendar

// ReportKind is a kind of period that a committee is reported to by.
type ReportKind struct {
	Kind Kind
	// Horizon is how many closed periods a report goes back.
	Horizon int
	// PerYear is how many periods of the kind a year has: that many before a period lies the same one of the year
	// before.
	PerYear int
	// BesideQuarters is true for the kinds that stand beside the quarters of an indicator and never in their place.
	BesideQuarters bool
}

// ReportKinds lists the kinds of report period, in the order in which an indicator is rated: the first kind that it has
// is its primary one. School figures have no quarters but terms, the return on EHC plans counts by calendar year.
//
// Eight quarters and three years show a direction. Of months there are thirteen, so that the last has the same month of
// the year before beside it.
func ReportKinds() []ReportKind {
	return []ReportKind{
		{Kind: Quarter, Horizon: 8, PerYear: 4},
		{Kind: Term, Horizon: 9, PerYear: 3},
		{Kind: FinancialYear, Horizon: 3, PerYear: 1, BesideQuarters: true},
		{Kind: AcademicYear, Horizon: 3, PerYear: 1},
		{Kind: CalendarYear, Horizon: 3, PerYear: 1},
		{Kind: Month, Horizon: 13, PerYear: 12, BesideQuarters: true},
	}
}

// reportKind looks up the report kind of a kind, and returns false where there is none.
func reportKind(kind Kind) (ReportKind, bool) {
	for _, report := range ReportKinds() {
		if report.Kind == kind {
			return report, true
		}
	}
	return ReportKind{}, false
}

// WithinHorizon reports whether a report goes back as far as an offset of a kind.
func WithinHorizon(kind Kind, offset int) bool {
	report, ok := reportKind(kind)
	return ok && offset <= report.Horizon
}
