package csvload

import (
	"strconv"
	"strings"
	"time"
)

const (
	notADate        = "is not a date"
	notADay         = "is not a day of the calendar"
	notATime        = "is not a time of day"
	twoDigitYear    = "has a year of two digits"
	otherAge        = "lies outside the years 1900 to 2099"
	monthComesFirst = "has the month before the day"
	dayComesFirst   = "has the day before the month"
	eitherOrder     = "can be read with the day or the month first"
	numberAmong     = "has bare numbers among its dates, as a workbook makes them"
)

// DateOrder says which of the day and the month comes first in 01/04/2026.
type DateOrder int

// The zero value leaves it to the extracts.
const (
	OrderOfExtracts DateOrder = iota
	DayFirst
	MonthFirst
)

// dateForm is how a date is written. Only in slashed does the order of day and month depend on who wrote it.
type dateForm int

const (
	noForm  dateForm = iota
	isoForm          // 2026-04-01, 20260401
	slashed          // 01/04/2026, 1-4-2026, 01.04.2026
	named            // 01-APR-26, 01 Apr 2026, Apr  1 2026
	serial           // 46113, the day number of a workbook
)

// timestamp is a date and time as written in a file.
type timestamp struct {
	form                 dateForm
	year, month, day     int // of a slashed date month is the second number and day the first, until put in order
	hour, minute, second int
	nanosecond           int
	offset               int  // in seconds east of Greenwich
	hasOffset            bool // the offset was given
}

// inOrder is the timestamp of a slashed date whose first number is the month.
func (m timestamp) inOrder(order DateOrder) timestamp {
	if m.form == slashed && order == MonthFirst {
		m.day, m.month = m.month, m.day
	}
	return m
}

// validDay says why a date in its right order is no day, or "".
func (m timestamp) validDay() string {
	switch {
	case m.year < 1 || m.month < 1 || m.month > 12 || m.day < 1 || m.day > daysInMonth(m.year, m.month):
		return notADay
	case (m.year < 1900 || m.year > 2099) && !m.isSentinel():
		return otherAge
	}
	return ""
}

// isSentinel knows the days that systems write for no day: 0001-01-01, 1899-12-30, 2999-12-31, 9999-12-31.
func (m timestamp) isSentinel() bool {
	return m.month == 1 && m.day <= 2 || m.month == 12 && m.day >= 30
}

func (m timestamp) utc() time.Time {
	return time.Date(m.year, time.Month(m.month), m.day, m.hour, m.minute, m.second, m.nanosecond, time.UTC).
		Add(-time.Duration(m.offset) * time.Second)
}

// local is the clock on the wall: as written, or as it was in the zone if the file says where it was written.
func (m timestamp) local(zone *time.Location) time.Time {
	if m.hasOffset {
		return m.utc().In(zone)
	}
	return m.utc()
}

// parseTimestamp takes a date in any of the forms and a time after it. A slashed date may still be no day.
func parseTimestamp(s string) (m timestamp, reason string) {
	rest, reason := m.parseDate(s)
	if reason != "" {
		return m, reason
	}
	if m.form != slashed {
		if reason := m.validDay(); reason != "" {
			return m, reason
		}
	}
	if rest == "" {
		return m, ""
	}
	if m.form == serial {
		return m, m.parseDayFraction(rest)
	}
	if c := rest[0]; c != ' ' && c != 'T' && c != 't' {
		return m, notADate
	}
	return m, m.parseTime(strings.TrimLeft(rest[1:], " "))
}

// parseDate reads the date at the start of s and returns what follows it.
func (m *timestamp) parseDate(s string) (rest, reason string) {
	number, n := leadingNumber(s)
	switch {
	case n == 0:
		return m.parseMonthFirstName(s)
	case n == len(s) || s[n] == '.' && n >= 5 || s[n] == ' ' && n == 8 || s[n] == 'T' && n == 8:
		return m.parseBareNumber(s, number, n)
	case n == 4:
		return m.parseYearFirst(s, number)
	case n <= 2:
		return m.parseDayOrMonthFirst(s, number, n)
	}
	return "", notADate
}

func (m *timestamp) parseYearFirst(s string, year int) (rest, reason string) {
	separator := s[4]
	month, n := leadingNumber(s[5:])
	if separator != '-' && separator != '/' || n < 1 || n > 2 || len(s) < 5+n+2 || s[5+n] != separator {
		return "", notADate
	}
	s = s[5+n+1:]
	day, n := leadingNumber(s)
	if n < 1 || n > 2 {
		return "", notADate
	}
	m.form, m.year, m.month, m.day = isoForm, year, month, day
	return s[n:], ""
}

func (m *timestamp) parseDayOrMonthFirst(s string, first, n int) (rest, reason string) {
	separator := s[n]
	if strings.IndexByte("/-. ", separator) < 0 {
		return "", notADate
	}
	s = s[n+1:]
	second, n := leadingNumber(s)
	if n == 0 {
		return m.parseNameAfterDay(s, first, separator)
	}
	if n > 2 || separator == ' ' || len(s) <= n || s[n] != separator {
		return "", notADate
	}
	s = s[n+1:]
	year, n := leadingNumber(s)
	switch n {
	case 2:
		return "", twoDigitYear
	case 4:
		m.form, m.year, m.month, m.day = slashed, year, second, first
		return s[n:], ""
	}
	return "", notADate
}

// parseNameAfterDay takes 01-APR-26 and 01 April 2026 from the month on.
func (m *timestamp) parseNameAfterDay(s string, day int, separator byte) (rest, reason string) {
	month, n := leadingMonth(s)
	if month == 0 || len(s) <= n || s[n] != separator {
		return "", notADate
	}
	s = s[n+1:]
	year, n := leadingNumber(s)
	if n != 4 && n != 2 {
		return "", notADate
	}
	m.form, m.year, m.month, m.day = named, year, month, day
	if n == 2 {
		return s[n:], m.completeYear()
	}
	return s[n:], ""
}

// completeYear takes two digits for the years 1937 to 2036. The days that would be a sentinel with their century are
// refused: 31-DEC-99 may be 1999 or no day at all.
func (m *timestamp) completeYear() (reason string) {
	if m.month == 12 && m.day == 31 && m.year == 99 || m.month == 1 && m.day == 1 && m.year <= 1 {
		return twoDigitYear
	}
	if m.year += 2000; m.year > 2036 {
		m.year -= 100
	}
	return ""
}

// parseMonthFirstName takes Apr  1 2026 and April 1, 2026.
func (m *timestamp) parseMonthFirstName(s string) (rest, reason string) {
	month, n := leadingMonth(s)
	if month == 0 || len(s) <= n || s[n] != ' ' {
		return "", notADate
	}
	s = strings.TrimLeft(s[n:], " ")
	day, n := leadingNumber(s)
	if n < 1 || n > 2 {
		return "", notADate
	}
	s = strings.TrimPrefix(s[n:], ",")
	if s == "" || s[0] != ' ' {
		return "", notADate
	}
	s = strings.TrimLeft(s, " ")
	year, n := leadingNumber(s)
	if n != 4 {
		return "", notADate
	}
	m.form, m.year, m.month, m.day = named, year, month, day
	return s[n:], ""
}

// parseBareNumber takes 20260401 and 46113. Day 60 of a workbook, 29 February 1900, never was.
func (m *timestamp) parseBareNumber(s string, number, n int) (rest, reason string) {
	switch {
	case n == 8:
		m.form, m.year, m.month, m.day = isoForm, number/10000, number/100%100, number%100
		return s[n:], ""
	case n == 5 && number >= 10_000, number == 2_958_465, n == 1 && number == 1:
		day := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, number)
		if number == 1 {
			day = day.AddDate(0, 0, 1)
		}
		m.form, m.year, m.month, m.day = serial, day.Year(), int(day.Month()), day.Day()
		return s[n:], ""
	}
	return "", notADate
}

// parseDayFraction takes the .5 of 46113.5 for noon.
func (m *timestamp) parseDayFraction(s string) (reason string) {
	fraction, err := strconv.ParseFloat("0"+s, 64)
	if err != nil || !containsOnly(s, ".0123456789") {
		return notATime
	}
	seconds := min(int(fraction*86_400+0.5), 86_399)
	m.hour, m.minute, m.second = seconds/3600, seconds/60%60, seconds%60
	return ""
}

// leadingNumber reads the digits at the start, nine at most.
func leadingNumber(s string) (number, n int) {
	for n < len(s) && n < 9 && s[n] >= '0' && s[n] <= '9' {
		number = number*10 + int(s[n]-'0')
		n++
	}
	return number, n
}

// leadingMonth reads the name of a month, whole or its first three letters. 0 is none.
func leadingMonth(s string) (month, n int) {
	for n < len(s) && (s[n]|0x20) >= 'a' && (s[n]|0x20) <= 'z' {
		n++
	}
	if n < 3 {
		return 0, 0
	}
	name := strings.ToLower(s[:n])
	for month := time.January; month <= time.December; month++ {
		whole := strings.ToLower(month.String())
		if name == whole || name == whole[:3] || name == "sept" && month == time.September {
			return int(month), n
		}
	}
	return 0, 0
}

func daysInMonth(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}
