package collector

import (
	"time"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
)

// livePeriods are a cohort's periods as seen today.
func (c *Collector) livePeriods(cohort *definition.Cohort, today time.Time) []calendar.Period {
	periods := make([]calendar.Period, len(cohort.Windows))
	for i, kind := range cohort.Windows {
		periods[i] = cohort.Period(c.source.Calendar, kind, today)
	}
	return periods
}

// PublicPeriod is the last period of a kind that closed at least delay working
// days before today.
func PublicPeriod(cal *calendar.Calendar, kind calendar.Kind, today time.Time, delay int) calendar.Period {
	for back := 1; ; back++ {
		closed, err := cal.ReportPeriod(kind, today, back)
		if err != nil {
			// Settings allow only kinds that can be reported.
			panic(err)
		}
		if cal.WorkingDaysBetween(closed.Ends, today) >= delay {
			return closed
		}
	}
}

// OpenPeriod is the period that is open to the public at a time.
func (c *Collector) OpenPeriod(now time.Time) calendar.Period {
	return PublicPeriod(c.source.Calendar, c.options.PublicPeriod, calendar.Today(now), c.options.PublicDelay)
}

// reportedPeriods are a cohort's periods as they stood when the last public
// period closed. A running year is left out, since the public could take one
// reading from the next; so are windows shorter than the public period.
func (c *Collector) reportedPeriods(cohort *definition.Cohort, today time.Time) ([]calendar.Period, string) {
	closed := PublicPeriod(c.source.Calendar, c.options.PublicPeriod, today, c.options.PublicDelay)
	dayAfter := closed.Ends.AddDate(0, 0, 1)
	var periods []calendar.Period
	for _, kind := range cohort.Windows {
		switch kind {
		case calendar.Snapshot, calendar.Rolling12Months:
			periods = append(periods, cohort.Period(c.source.Calendar, kind, closed.Ends))
		case calendar.Quarter, calendar.FinancialYear, calendar.AcademicYear, calendar.CalendarYear, calendar.Term:
			periods = append(periods, cohort.Period(c.source.Calendar, kind, dayAfter))
		case c.options.PublicPeriod:
			periods = append(periods, closed)
		default:
		}
	}
	return periods, closed.Label
}
