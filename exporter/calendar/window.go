package calendar

import (
	"fmt"
	"time"
)

// window is one of the windows of a kind that follow one another without a gap.
type window struct {
	label        string
	starts, ends time.Time
}

// windowAround is the window of a kind that contains a day, and false for a kind whose windows do not follow one another.
func (c *Calendar) windowAround(kind Kind, day time.Time) (window, bool) {
	switch kind {
	case Week:
		return isoWeek(day), true
	case Month:
		starts := Date(day.Year(), day.Month(), 1)
		return window{starts.Format("2006-01"), starts, starts.AddDate(0, 1, -1)}, true
	case Quarter:
		return quarter(day), true
	case FinancialYear:
		return financialYear(day), true
	case Term:
		return c.term(day), true
	case AcademicYear:
		return c.academicYear(day), true
	case CalendarYear:
		return window{day.Format("2006"), Date(day.Year(), time.January, 1), Date(day.Year(), time.December, 31)}, true
	}
	return window{}, false
}

func isoWeek(day time.Time) window {
	sinceMonday := (int(day.Weekday()) + 6) % 7
	starts := day.AddDate(0, 0, -sinceMonday)
	year, week := day.ISOWeek()
	return window{fmt.Sprintf("%04d-W%02d", year, week), starts, starts.AddDate(0, 0, 6)}
}

func quarter(day time.Time) window {
	year := financialYear(day)
	sinceApril := (int(day.Month()) - int(time.April) + 12) % 12
	number := sinceApril / 3
	starts := year.starts.AddDate(0, 3*number, 0)
	return window{fmt.Sprintf("%s Q%d", year.label, number+1), starts, starts.AddDate(0, 3, -1)}
}

func financialYear(day time.Time) window {
	year := day.Year()
	if day.Month() < time.April {
		year--
	}
	starts := Date(year, time.April, 1)
	return window{fmt.Sprintf("%04d-%02d", year, (year+1)%100), starts, starts.AddDate(1, 0, -1)}
}

// twelveMonthsBefore is the first day of the twelve calendar months that end with a day.
func twelveMonthsBefore(asOf time.Time) time.Time {
	// Twelve months before the day after, not the day itself: 28 February 2025 ends a window of whole months from 1
	// March 2024, not from 29 February.
	return asOf.AddDate(0, 0, 1).AddDate(-1, 0, 0)
}
