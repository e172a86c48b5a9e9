package reference

import "time"

// The kinds of windows: what the label "window" says.
const (
	month         = "month"
	quarter       = "quarter"
	financialYear = "fy"
	yearToDate    = "fytd"
	twelveMonths  = "rolling_12m"
	calendarYear  = "cy"
	schoolTerm    = "term"
	schoolYear    = "acyear"
	schoolToDate  = "acytd"
)

// window is a span of days, both ends inside.
type window struct {
	kind         string
	starts, ends Date
}

func (w window) has(day Date) bool {
	return day.Known() && !day.Before(w.starts) && !day.After(w.ends)
}

// lastClosed is the last window of a kind that ended before a day.
func lastClosed(kind string, day Date) window {
	open := around(kind, day)
	return around(kind, open.starts.Plus(-1))
}

// live is a window of a kind as a screen shows it on a day: the three running kinds end on it, the others ended before it.
func live(kind string, day Date) window {
	switch kind {
	case yearToDate:
		return window{kind, around(financialYear, day).starts, day}
	case schoolToDate:
		return window{kind, around(schoolYear, day).starts, day}
	case twelveMonths:
		// The year ends on the day, so it began on the day after the same day of last year: 365 or 366 days.
		return window{kind, startOfTwelveMonths(day), day}
	default:
		return lastClosed(kind, day)
	}
}

// startOfTwelveMonths is the first of the twelve months that end with a day. The eve of 1 March is 28 or 29 February,
// and twelve months that end on either began on 1 March.
func startOfTwelveMonths(day Date) Date {
	next := day.Plus(1)
	if next.Month == time.February && next.Day == 29 {
		return On(next.Year-1, time.March, 1)
	}
	return On(next.Year-1, next.Month, next.Day)
}

// windowAtOffset is the window of a kind so many back from a day: 0 is the open one, up to the day.
func windowAtOffset(kind string, day Date, offset int) window {
	w := around(kind, day)
	if offset == 0 {
		return window{kind, w.starts, day}
	}
	for range offset {
		w = around(kind, w.starts.Plus(-1))
	}
	return w
}

// around is the window of a kind that a day lies in.
func around(kind string, day Date) window {
	switch kind {
	case month:
		return window{kind, On(day.Year, day.Month, 1), On(day.Year, day.Month, lastOfMonth(day.Year, day.Month))}
	case quarter:
		first := (int(day.Month)-1)/3*3 + 1 // April begins a quarter of the calendar year too
		last := time.Month(first + 2)
		return window{kind, On(day.Year, time.Month(first), 1), On(day.Year, last, lastOfMonth(day.Year, last))}
	case calendarYear:
		return window{kind, On(day.Year, time.January, 1), On(day.Year, time.December, 31)}
	case schoolYear:
		year := day.Year
		if day.Month < time.September {
			year--
		}
		return window{kind, On(year, time.September, 1), On(year+1, time.August, 31)}
	case schoolTerm:
		return termAround(day)
	default:
		year := day.Year
		if day.Month <= time.March {
			year--
		}
		return window{kind, On(year, time.April, 1), On(year+1, time.March, 31)}
	}
}

// termAround is the term that a day lies in, the holidays after it included. Autumn ends with the calendar year; 16 April
// stands for the end of Easter.
func termAround(day Date) window {
	switch {
	case day.Month >= time.September:
		return window{schoolTerm, On(day.Year, time.September, 1), On(day.Year, time.December, 31)}
	case day.Before(On(day.Year, time.April, 16)):
		return window{schoolTerm, On(day.Year, time.January, 1), On(day.Year, time.April, 15)}
	default:
		return window{schoolTerm, On(day.Year, time.April, 16), On(day.Year, time.August, 31)}
	}
}
