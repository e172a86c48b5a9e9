package csvload

import "strings"

// parseTime takes 15:04, 15:04:05, 15:04:05.999, 3:04 PM, 12:00AM, 12:00:00:000AM and 12.00.00.000000 AM, and an offset after
// it: Z, +01, +0100 or +01:00.
func (m *timestamp) parseTime(s string) (reason string) {
	hour, n := leadingNumber(s)
	if n < 1 || n > 2 || len(s) <= n {
		return notATime
	}
	m.hour = hour
	separator := s[n]
	if separator != ':' && separator != '.' {
		return notATime
	}
	s, ok := cutTwoDigits(s[n+1:], &m.minute)
	if !ok {
		return notATime
	}
	if s != "" && s[0] == separator {
		if s, ok = cutTwoDigits(s[1:], &m.second); !ok {
			return notATime
		}
		if s, ok = m.cutFraction(s); !ok {
			return notATime
		}
	}
	s, ok = m.cutHalfOfDay(s)
	if !ok || m.hour > 23 || m.minute > 59 || m.second > 59 || !m.parseOffset(strings.TrimPrefix(s, " ")) {
		return notATime
	}
	return ""
}

func cutTwoDigits(s string, into *int) (rest string, ok bool) {
	if len(s) < 2 || !parseDigits(into, s[:2]) {
		return s, false
	}
	return s[2:], true
}

// cutFraction reads the fraction of a second, which an old form of SQL Server sets apart by a colon.
func (m *timestamp) cutFraction(s string) (rest string, ok bool) {
	if s == "" || s[0] != '.' && s[0] != ':' {
		return s, true
	}
	end := 1
	for unit := 100_000_000; end < len(s) && s[end] >= '0' && s[end] <= '9'; end, unit = end+1, unit/10 {
		m.nanosecond += int(s[end]-'0') * unit
	}
	return s[end:], end > 1 && end <= 10
}

// cutHalfOfDay reads AM or PM. Without it the clock has 24 hours.
func (m *timestamp) cutHalfOfDay(s string) (rest string, ok bool) {
	half := strings.TrimLeft(s, " ")
	if len(half) < 2 || half[1]|0x20 != 'm' || half[0]|0x20 != 'a' && half[0]|0x20 != 'p' {
		return s, true
	}
	if m.hour < 1 || m.hour > 12 {
		return s, false
	}
	m.hour %= 12
	if half[0]|0x20 == 'p' {
		m.hour += 12
	}
	return half[2:], true
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
