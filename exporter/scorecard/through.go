package scorecard

import (
	"time"

	"childrens-services-exporter/exporter/catalogue"
	"childrens-services-exporter/exporter/period"
)

// Through lists the periods of a cohort that a report shows: the one it is written
// for and those before it, the latest first. Back is 0 for a period that is not
// over, which then runs to today.
//
// A cohort that does not answer for the report's kind, as attendance does not by
// quarter, has the last of its own that had ended by then.
func Through(calendar *period.Calendar, cohort *catalogue.Cohort, last period.Period, today time.Time) []Reported {
	open := !last.Ends.Before(today)
	day := today
	if !open {
		day = last.Ends.AddDate(0, 0, 1)
	}
	all := Periods(calendar, cohort, day)
	for _, kind := range []period.Kind{last.Kind, period.Term, period.AcademicYear, period.CalendarYear, period.Quarter, period.FinancialYear} {
		var shown []Reported
		for _, one := range all {
			if one.Shown.Kind == kind && (one.Back > 0 || open && kind == last.Kind) {
				shown = append(shown, one)
			}
		}
		if len(shown) > 0 {
			return shown
		}
	}
	return nil
}
