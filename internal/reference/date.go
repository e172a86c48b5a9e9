package reference

import (
	"fmt"
	"time"
)

// Date is a civil date. The zero value is no date at all, as in a column that is empty.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// On is the date of a year, a month and a day that exist.
func On(year int, month time.Month, day int) Date { return Date{year, month, day} }

// Known is false for no date.
func (d Date) Known() bool { return d != Date{} }

func (d Date) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day) }

// Before compares two known dates; no date is before nothing and nothing is before it.
func (d Date) Before(other Date) bool {
	return d.Known() && other.Known() && d.number() < other.number()
}

// After compares two known dates, as Before does.
func (d Date) After(other Date) bool { return other.Before(d) }

// number orders dates as they are written: 20260331.
func (d Date) number() int { return d.Year*10000 + int(d.Month)*100 + d.Day }

func (d Date) midnight() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

func dateOf(t time.Time) Date {
	year, month, day := t.Date()
	return Date{year, month, day}
}

// Plus is the date so many days later, or earlier where days is negative.
func (d Date) Plus(days int) Date { return dateOf(d.midnight().AddDate(0, 0, days)) }

// PlusMonths is the same day of the month so many months later, or the last day of that month where it is shorter.
func (d Date) PlusMonths(months int) Date {
	year, month := d.Year, int(d.Month)-1+months
	for month < 0 {
		year, month = year-1, month+12
	}
	for month > 11 {
		year, month = year+1, month-12
	}
	later := Date{year, time.Month(month + 1), d.Day}
	if last := lastOfMonth(later.Year, later.Month); later.Day > last {
		later.Day = last
	}
	return later
}

func lastOfMonth(year int, month time.Month) int {
	switch month {
	case time.April, time.June, time.September, time.November:
		return 30
	case time.February:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	default:
		return 31
	}
}

// Days counts the days from one known date to another, negative where the other is earlier.
func (d Date) Days(until Date) int {
	return int((until.midnight().Unix() - d.midnight().Unix()) / (24 * 60 * 60))
}

// Age is how many birthdays somebody born on the date has had by a day. Who was born on 29 February has none in a
// common year before 1 March.
func (d Date) Age(day Date) int {
	years := day.Year - d.Year
	if day.Month < d.Month || day.Month == d.Month && day.Day < d.Day {
		years--
	}
	return years
}

// Weekday is the day of the week of a known date.
func (d Date) Weekday() time.Weekday { return d.midnight().Weekday() }
