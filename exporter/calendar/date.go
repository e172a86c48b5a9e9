package calendar

import (
	"fmt"
	"time"

	// A minimal container has no zone files, and a council's day must not
	// depend on the machine it is counted on.
	_ "time/tzdata"
)

// Date is a civil date: that day at 00:00 UTC. A day or month beyond its
// range carries over, as in [time.Date].
func Date(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// London is an instant by the clock of England.
func London(now time.Time) time.Time {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		// The zones are compiled in, so only a broken build comes here.
		panic(fmt.Sprintf("calendar: the time zone Europe/London is missing from this build: %v", err))
	}
	return now.In(london)
}

// Today is the civil date in England (Europe/London) at an instant. In summer
// the date there changes at 23:00 UTC.
func Today(now time.Time) time.Time {
	return civilDate(London(now))
}

// Days lists the dates from one day to another, both included, and nothing when the second is earlier.
func Days(from, to time.Time) []time.Time {
	from, to = civilDate(from), civilDate(to)
	if to.Before(from) {
		return nil
	}
	days := make([]time.Time, 0, daysBetween(from, to)+1)
	for day := from; !day.After(to); day = day.AddDate(0, 0, 1) {
		days = append(days, day)
	}
	return days
}

// civilDate is the date of an instant in its own zone, at 00:00 UTC.
func civilDate(t time.Time) time.Time {
	return Date(t.Date())
}

// daysBetween counts the midnights passed from one civil date to another.
func daysBetween(from, to time.Time) int {
	// Unix seconds, because a time.Duration ends after 292 years and stray
	// dates of 9999 do turn up. UTC days all last 86,400 s.
	return int((to.Unix() - from.Unix()) / 86400)
}
