// Package publication holds what anyone may see: which period is open to the public,
// the values published for it, which stay as they were first evaluated, and the
// replay of what was published before.
package publication

import (
	"slices"
	"time"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/reportperiod"
)

// Schedule sets which period the public page shows, and from when.
type Schedule struct {
	// Kind is the kind of period at whose end the public page changes.
	Kind calendar.Kind
	// Delay is how many working days after its end a period is published, so that late
	// records are in it.
	Delay int
}

// OpenPeriod chooses the period of the public page on a day: the last of the schedule's
// kind that closed at least Delay working days before. It is then open to the public.
func (s Schedule) OpenPeriod(cal *calendar.Calendar, today time.Time) calendar.Period {
	for offset := 1; ; offset++ {
		closed, err := cal.ReportPeriod(s.Kind, today, offset)
		if err != nil {
			// Settings allow only kinds that can be reported.
			panic(err)
		}
		if cal.WorkingDaysBetween(closed.Ends, today) >= s.Delay {
			return closed
		}
	}
}

// Windows are the windows of a cohort that are published, as they stood when the
// open period closed. A running year is left out, since the public could subtract
// one value from the next; so are windows shorter than the public period.
func (s Schedule) Windows(cal *calendar.Calendar, cohort *definition.Cohort, open calendar.Period) []calendar.Period {
	dayAfter := open.Ends.AddDate(0, 0, 1)
	var periods []calendar.Period
	for _, kind := range cohort.Windows {
		switch kind {
		case calendar.Snapshot, calendar.Rolling12Months:
			periods = append(periods, cohort.Period(cal, kind, open.Ends))
		case calendar.Quarter, calendar.FinancialYear, calendar.AcademicYear, calendar.CalendarYear, calendar.Term:
			periods = append(periods, cohort.Period(cal, kind, dayAfter))
		case s.Kind:
			periods = append(periods, open)
		default:
		}
	}
	return periods
}

// ReportPeriods are the closed periods of one kind that are open to the public.
// Months, quarters and years of one indicator are never shown side by side: a
// suppressed month is the difference of its quarter and the other months. With
// months come those back to the beginning of the year that is shown, for disclosure
// control to see whether one is suppressed.
func (s Schedule) ReportPeriods(cal *calendar.Calendar, cohort *definition.Cohort, open calendar.Period) []calendar.ReportPeriod {
	dayAfter := open.Ends.AddDate(0, 0, 1)
	byKind := map[calendar.Kind][]calendar.ReportPeriod{}
	for _, period := range reportperiod.All(cal, cohort, dayAfter) {
		if period.Offset > 0 {
			byKind[period.Period.Kind] = append(byKind[period.Period.Kind], period)
		}
	}
	series := byKind[s.Kind]
	if series == nil {
		return byKind[calendar.Term]
	}
	const monthsOfTwoYears = 24
	if s.Kind == calendar.Month && !cohort.Snapshot() && slices.Contains(cohort.Windows, calendar.Month) {
		for offset := len(series) + 1; offset <= monthsOfTwoYears; offset++ {
			month, err := cal.ReportPeriod(calendar.Month, dayAfter, offset)
			if err != nil {
				panic(err) // a month follows another
			}
			series = append(series, calendar.ReportPeriod{Period: month, Offset: offset, Query: month})
		}
		// Earlier pages showed these quarters. Of a kind of their own, they are looked at and not published.
		series = append(series, byKind[calendar.Quarter]...)
	}
	return series
}
