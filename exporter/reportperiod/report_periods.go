// Package reportperiod lists the report periods of a cohort: the quarters, terms, months and years that a committee is
// reported to by, and the day of its last meeting. It turns what a cohort's query gives for them into observations.
package reportperiod

import (
	"slices"
	"time"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
)

// All lists the report periods of a cohort as seen on a day, in the order of [calendar.ReportKinds], the open one of
// each kind first.
//
// A snapshot is taken at the end of each month, quarter and financial year. A flow has those kinds that it is published
// for. A flow that is published for years alone, such as a turnover, has the twelve months to the end of each month and
// quarter, since a quarter's turnover would be read as a year's.
func All(cal *calendar.Calendar, cohort *definition.Cohort, today time.Time) []calendar.ReportPeriod {
	var periods []calendar.ReportPeriod
	for _, report := range calendar.ReportKinds() {
		query := queryKind(cohort, report.Kind)
		if query == "" {
			continue
		}
		for offset := range report.Horizon + 1 {
			named, err := cal.ReportPeriod(report.Kind, today, offset)
			if err != nil {
				panic(err) // the periods of every report kind follow one another
			}
			period := calendar.ReportPeriod{Period: named, Offset: offset, Query: named}
			if query != report.Kind {
				period.Query = cohort.Period(cal, query, named.Ends)
			}
			periods = append(periods, period)
		}
	}
	return periods
}

// queryKind is the kind of period that a cohort is queried for to fill a report kind, and empty where the cohort has no
// such periods.
func queryKind(cohort *definition.Cohort, kind calendar.Kind) calendar.Kind {
	fromApril := kind == calendar.Month || kind == calendar.Quarter || kind == calendar.FinancialYear
	has := func(kind calendar.Kind) bool { return slices.Contains(cohort.Windows, kind) }
	switch {
	case has(kind):
		return kind
	case fromApril && cohort.Snapshot():
		return calendar.Snapshot
	case fromApril && !has(calendar.Month) && !has(calendar.Quarter) && has(calendar.Rolling12Months):
		return calendar.Rolling12Months
	}
	return ""
}

// PrimaryKind is the first kind, in the order of [calendar.ReportKinds], of which a cohort has periods, and empty where it
// has none.
func PrimaryKind(cohort *definition.Cohort) calendar.Kind {
	for _, report := range calendar.ReportKinds() {
		if queryKind(cohort, report.Kind) != "" {
			return report.Kind
		}
	}
	return ""
}

// Served lists the report periods that managers are served all day: all of them but the months, of which only the last
// and the same one of the year before are served. Single months mislead, so that no dashboard shows a row of them, and
// each would cost every indicator a time series.
func Served(cal *calendar.Calendar, cohort *definition.Cohort, today time.Time) []calendar.ReportPeriod {
	return slices.DeleteFunc(All(cal, cohort, today), func(period calendar.ReportPeriod) bool {
		return period.Period.Kind == calendar.Month && !period.IsComparison()
	})
}

// Until lists the report periods of a cohort in a report: the period that the report is written for and those before
// it, the latest first. The offset is 0 for a period that is not over, which then runs to today.
//
// A cohort without periods of the report's kind, as attendance has no quarters, has the last of its own that had ended
// by then, of the first kind in the order of [calendar.ReportKinds].
func Until(cal *calendar.Calendar, cohort *definition.Cohort, last calendar.Period, today time.Time) []calendar.ReportPeriod {
	open := !last.Ends.Before(today)
	day := today
	if !open {
		day = last.Ends.AddDate(0, 0, 1)
	}
	kinds := []calendar.Kind{last.Kind}
	for _, report := range calendar.ReportKinds() {
		kinds = append(kinds, report.Kind)
	}
	all := All(cal, cohort, day)
	for _, kind := range kinds {
		var periods []calendar.ReportPeriod
		for _, period := range all {
			if period.Period.Kind == kind && (period.Offset > 0 || open && kind == last.Kind) {
				periods = append(periods, period)
			}
		}
		if len(periods) > 0 {
			return periods
		}
	}
	return nil
}
