package calendar

import (
	"slices"
	"time"
)

// A calendar has England's bank holidays of these years. Case records begin later than the first, and a date from 2100 on
// stands for an open end.
const (
	firstHolidayYear = 1990
	lastHolidayYear  = 2100
)

// Holiday is a bank holiday: the weekday on which it is observed, and its name.
type Holiday struct {
	Day  time.Time
	Name string
}

// BankHolidays lists the bank holidays of England in a year, in order, by the Banking and Financial Dealings Act 1971 and
// the royal proclamations made under it. A holiday at a weekend is listed on its substitute day. The list is empty before
// 1990, and has no day that is proclaimed after this release.
func BankHolidays(year int) []Holiday {
	if year < firstHolidayYear {
		return nil
	}
	easter := easterSunday(year)
	holidays := []Holiday{
		newYearHoliday(year),
		{easter.AddDate(0, 0, -2), "Good Friday"},
		{easter.AddDate(0, 0, 1), "Easter Monday"},
		{earlyMayHoliday(year), "Early May bank holiday"},
		{springHoliday(year), "Spring bank holiday"},
		{mondayOnOrBefore(Date(year, time.August, 31)), "Summer bank holiday"},
	}
	holidays = append(holidays, christmasHolidays(year)...)
	holidays = append(holidays, proclaimedHolidays(year)...)
	slices.SortFunc(holidays, func(a, b Holiday) int { return a.Day.Compare(b.Day) })
	return holidays
}

func newYearHoliday(year int) Holiday {
	day := Date(year, time.January, 1)
	switch day.Weekday() {
	case time.Saturday:
		return Holiday{day.AddDate(0, 0, 2), "New Year's Day (substitute day)"}
	case time.Sunday:
		return Holiday{day.AddDate(0, 0, 1), "New Year's Day (substitute day)"}
	}
	return Holiday{day, "New Year's Day"}
}

// earlyMayHoliday is the first Monday of May, but for two anniversaries of VE Day.
func earlyMayHoliday(year int) time.Time {
	if year == 1995 || year == 2020 {
		return Date(year, time.May, 8)
	}
	return mondayOnOrBefore(Date(year, time.May, 7))
}

// springHoliday is the last Monday of May, but for three jubilees, when it was moved next to the extra day.
func springHoliday(year int) time.Time {
	switch year {
	case 2002, 2012:
		return Date(year, time.June, 4)
	case 2022:
		return Date(year, time.June, 2)
	}
	return mondayOnOrBefore(Date(year, time.May, 31))
}

// christmasHolidays are Christmas Day and Boxing Day. A day at a weekend is observed on the next weekday that is not the
// other one.
func christmasHolidays(year int) []Holiday {
	const substitute = " (substitute day)"
	day, boxing := Date(year, time.December, 25), Date(year, time.December, 26)
	switch day.Weekday() {
	case time.Friday:
		return []Holiday{{day, "Christmas Day"}, {day.AddDate(0, 0, 3), "Boxing Day" + substitute}}
	case time.Saturday:
		return []Holiday{{day.AddDate(0, 0, 2), "Christmas Day" + substitute}, {day.AddDate(0, 0, 3), "Boxing Day" + substitute}}
	case time.Sunday:
		return []Holiday{{boxing, "Boxing Day"}, {day.AddDate(0, 0, 2), "Christmas Day" + substitute}}
	}
	return []Holiday{{day, "Christmas Day"}, {boxing, "Boxing Day"}}
}

// proclaimedHolidays are the holidays of a single year, by royal proclamation.
func proclaimedHolidays(year int) []Holiday {
	switch year {
	case 1999:
		return []Holiday{{Date(year, time.December, 31), "Millennium Eve"}}
	case 2002:
		return []Holiday{{Date(year, time.June, 3), "Golden Jubilee"}}
	case 2011:
		return []Holiday{{Date(year, time.April, 29), "Royal Wedding"}}
	case 2012:
		return []Holiday{{Date(year, time.June, 5), "Diamond Jubilee"}}
	case 2022:
		return []Holiday{
			{Date(year, time.June, 3), "Platinum Jubilee"},
			{Date(year, time.September, 19), "State Funeral of Queen Elizabeth II"},
		}
	case 2023:
		return []Holiday{{Date(year, time.May, 8), "Coronation of King Charles III"}}
	}
	return nil
}

func mondayOnOrBefore(day time.Time) time.Time {
	return isoWeek(day).starts
}

// easterSunday follows the Gregorian rule as Meeus, Jones and Butcher put it;
// the letters are theirs.
func easterSunday(year int) time.Time {
	a := year % 19
	b, c := year/100, year%100
	d, e := b/4, b%4
	f := (b + 8) / 25
	g := (b - f + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return Date(year, time.Month(n/31), n%31+1)
}
