package rag

import (
	"time"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
)

// ReportPeriodsUntil lists the periods of a cohort that a report shows: the one it is written
// for and those before it, the latest first. Back is 0 for a period that is not
// over, which then runs to today.
//
// A cohort that does not answer for the report's kind, as attendance does not by
// quarter, has the last of its own that had ended by then.
func ReportPeriodsUntil(cal *calendar.Calendar, cohort *definition.Cohort, last calendar.Period, today time.Time) []ReportPeriod {
	open := !last.Ends.Before(today)
	day := today
	if !open {
		day = last.Ends.AddDate(0, 0, 1)
	}
	all := ReportPeriods(cal, cohort, day)
	for _, kind := range []calendar.Kind{last.Kind, calendar.Term, calendar.AcademicYear, calendar.CalendarYear, calendar.Quarter, calendar.FinancialYear} {
		var shown []ReportPeriod
		for _, one := range all {
			if one.Period.Kind == kind && (one.Offset > 0 || open && kind == last.Kind) {
				shown = append(shown, one)
			}
		}
		if len(shown) > 0 {
			return shown
		}
	}
	return nil
}
