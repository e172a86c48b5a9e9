package csvload

import (
	"strings"
	"time"
)

const (
	notADate = "is not a date"
	notADay  = "is not a day of the calendar"
	notATime = "is not a time of day"
)

// timestamp is a date and time as written in a file.
type timestamp struct {
	year, month, day     int
	hour, minute, second int
	nanosecond           int
	offset               int  // in seconds east of Greenwich
	hasOffset            bool // the offset was given
}

func checkDate(value string, zone *time.Location) (string, string) {
	m, reason := parseTimestamp(strings.TrimSpace(value))
	if reason != "" {
		return "", reason
	}
	return string(m.local(zone).AppendFormat(make([]byte, 0, 10), "2006-01-02")), ""
}

func checkTimestamp(value string, zone *time.Location) (string, string) {
	m, reason := parseTimestamp(strings.TrimSpace(value))
	if reason != "" {
		return "", reason
	}
	// Format cuts the seventh digit that SQL Server writes, where PostgreSQL would round up to the next day.
	return string(m.local(zone).AppendFormat(make([]byte, 0, 26), "2006-01-02 15:04:05.999999")), ""
}

// checkTimestampWithZone leaves a moment without an offset to the session's time zone.
func checkTimestampWithZone(value string, zone *time.Location) (string, string) {
	m, reason := parseTimestamp(strings.TrimSpace(value))
	if reason != "" {
		return "", reason
	}
	if m.hasOffset {
		return m.utc().Format("2006-01-02 15:04:05.999999Z07:00"), ""
	}
	return m.local(zone).Format("2006-01-02 15:04:05.999999"), ""
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

// parseTimestamp takes 2006-01-02 or 02/01/2006, and after it, apart by a blank or a T, 15:04, 15:04:05 or 15:04:05.999 and an
// offset: Z, +01, +0100 or +01:00. Two digits mean two digits.
func parseTimestamp(s string) (m timestamp, reason string) {
	if len(s) < 10 {
		return m, notADate
	}
	var ok bool
	switch {
	case s[4] == '-' && s[7] == '-':
		ok = parseDigits(&m.year, s[0:4]) && parseDigits(&m.month, s[5:7]) && parseDigits(&m.day, s[8:10])
	case s[2] == '/' && s[5] == '/':
		ok = parseDigits(&m.day, s[0:2]) && parseDigits(&m.month, s[3:5]) && parseDigits(&m.year, s[6:10])
	}
	if !ok {
		return m, notADate
	}
	if m.year < 1 || m.month < 1 || m.month > 12 || m.day < 1 || m.day > daysInMonth(m.year, m.month) {
		return m, notADay
	}
	if len(s) == 10 {
		return m, ""
	}
	if s[10] != ' ' && s[10] != 'T' {
		return m, notADate
	}
	return m, m.parseTime(s[11:])
}

func (m *timestamp) parseTime(s string) (reason string) {
	if len(s) < 5 || s[2] != ':' || !parseDigits(&m.hour, s[0:2]) || !parseDigits(&m.minute, s[3:5]) {
		return notATime
	}
	s = s[5:]
	if len(s) >= 3 && s[0] == ':' {
		if !parseDigits(&m.second, s[1:3]) {
			return notATime
		}
		s = s[3:]
		if strings.HasPrefix(s, ".") {
			end := 1
			for unit := 100_000_000; end < len(s) && s[end] >= '0' && s[end] <= '9'; end, unit = end+1, unit/10 {
				m.nanosecond += int(s[end]-'0') * unit
			}
			if end == 1 || end > 10 {
				return notATime
			}
			s = s[end:]
		}
	}
	if m.hour > 23 || m.minute > 59 || m.second > 59 || !m.parseOffset(strings.TrimPrefix(s, " ")) {
		return notATime
	}
	return ""
}

func (m *timestamp) parseOffset(s string) bool {
	if s == "" {
		return true
	}
	m.hasOffset = true
	if s == "Z" {
		return true
	}
	if s[0] != '+' && s[0] != '-' {
		return false
	}
	var hours, minutes int
	figures := strings.Replace(s[1:], ":", "", 1)
	ok := (len(figures) == 4 && parseDigits(&minutes, figures[2:]) || len(figures) == 2) && parseDigits(&hours, figures[:2])
	m.offset = hours*3600 + minutes*60
	if s[0] == '-' {
		m.offset = -m.offset
	}
	return ok && hours < 16 && minutes < 60
}

func parseDigits(into *int, s string) bool {
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
		n = n*10 + int(s[i]-'0')
	}
	*into = n
	return true
}

func daysInMonth(year, month int) int {
	// Day 0 of the next month is the last of this one.
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}
