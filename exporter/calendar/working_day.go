package calendar

import (
	"errors"
	"fmt"
	"time"
)

// IsWorkingDay reports whether a day is Monday to Friday and no bank holiday.
func (c *Calendar) IsWorkingDay(day time.Time) bool {
	day = civilDate(day)
	if isWeekend(day) {
		return false
	}
	_, holiday := c.bankHolidays[day]
	return !holiday
}

// WorkingDays numbers the days from one to another, both included: element i counts the working days in [from, from+i]. A
// span is then a subtraction, n(b) - n(a), in which the day after a is day 1 and a itself does not count: the 45th working
// day after the start is still on time. It is nil when to is before from.
func (c *Calendar) WorkingDays(from, to time.Time) []int32 {
	days := Days(from, to)
	if len(days) == 0 {
		return nil
	}
	numbers := make([]int32, len(days))
	var n int32
	for i, day := range days {
		if c.IsWorkingDay(day) {
			n++
		}
		numbers[i] = n
	}
	return numbers
}

// WorkingDaysBetween counts the working days after a up to and including b,
// and is negative when b is before a: n(b) - n(a) of [Calendar.WorkingDays].
func (c *Calendar) WorkingDaysBetween(a, b time.Time) int {
	a, b = civilDate(a), civilDate(b)
	if b.Before(a) {
		return -c.WorkingDaysBetween(b, a)
	}
	var n int
	for day := a.AddDate(0, 0, 1); !day.After(b); day = day.AddDate(0, 0, 1) {
		if c.IsWorkingDay(day) {
			n++
		}
	}
	return n
}

// bankHolidaySet applies what a council adds and takes away. It accepts an added day that is a holiday already, and a day
// taken away that is none: settings written for a day proclaimed late must be valid in the next release as well.
func bankHolidaySet(options Options) (map[time.Time]struct{}, error) {
	set := make(map[time.Time]struct{})
	if options.BankHolidays == nil {
		for year := firstHolidayYear; year <= lastHolidayYear; year++ {
			for _, holiday := range BankHolidays(year) {
				set[holiday.Day] = struct{}{}
			}
		}
	}
	for i, day := range options.BankHolidays {
		if err := checkHoliday(day); err != nil {
			return nil, fmt.Errorf("bank holiday %d: %w", i+1, err)
		}
		set[civilDate(day)] = struct{}{}
	}
	extra := make(map[time.Time]struct{}, len(options.ExtraBankHolidays))
	for i, day := range options.ExtraBankHolidays {
		if err := checkHoliday(day); err != nil {
			return nil, fmt.Errorf("extra bank holiday %d: %w", i+1, err)
		}
		extra[civilDate(day)] = struct{}{}
		set[civilDate(day)] = struct{}{}
	}
	for i, day := range options.NotBankHolidays {
		if err := checkHoliday(day); err != nil {
			return nil, fmt.Errorf("day that is no bank holiday %d: %w", i+1, err)
		}
		if _, added := extra[civilDate(day)]; added {
			return nil, fmt.Errorf("%s is both an extra bank holiday and none: keep one of the two", day.Format(time.DateOnly))
		}
		delete(set, civilDate(day))
	}
	return set, nil
}

func checkHoliday(day time.Time) error {
	if day.IsZero() {
		return errors.New("the date is missing: write it as 2026-12-25")
	}
	if !day.Equal(civilDate(day)) {
		return fmt.Errorf("%s is not a date at 00:00 UTC: write it as %s", day.Format(time.RFC3339), day.Format(time.DateOnly))
	}
	if isWeekend(day) {
		return fmt.Errorf("%s is a %s, no working day in any case: give the weekday kept in its place",
			day.Format(time.DateOnly), day.Weekday())
	}
	return nil
}

func isWeekend(day time.Time) bool {
	return day.Weekday() == time.Saturday || day.Weekday() == time.Sunday
}
