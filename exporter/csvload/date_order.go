package csvload

import (
	"strings"
	"time"
)

// dateEvidence is what the values of one column show of how its dates are written.
type dateEvidence struct {
	dates      int // in any form
	slashed    int
	serials    int
	dayFirst   int // slashed, and no day with the month first
	monthFirst int
	either     int // slashed, and another day with the month first
}

func (d *dateEvidence) add(value string) {
	// Nearly all dates are so, and show nothing.
	if len(value) >= 10 && value[4] == '-' && value[7] == '-' {
		d.dates++
		return
	}
	m, reason := parseTimestamp(strings.TrimSpace(value))
	if reason != "" && (m.form != slashed || reason == notADay) {
		return
	}
	d.dates++
	switch m.form {
	case serial:
		d.serials++
	case slashed:
		d.slashed++
		switch {
		case m.day > 12 && m.day <= 31 && m.month >= 1 && m.month <= 12:
			d.dayFirst++
		case m.month > 12 && m.month <= 31 && m.day >= 1 && m.day <= 12:
			d.monthFirst++
		case m.day <= 12 && m.month <= 12 && m.day != m.month:
			d.either++
		}
	}
}

// proof is the order that the column shows by itself. One value in a hundred may be a slip.
func (d *dateEvidence) proof() DateOrder {
	switch {
	case d.dayFirst > 0 && d.monthFirst*100 <= d.dayFirst:
		return DayFirst
	case d.monthFirst > 0 && d.dayFirst*100 <= d.monthFirst:
		return MonthFirst
	}
	return OrderOfExtracts
}

// dateReading is how the dates of one column are read. A reason refuses every date of the form that it is about.
type dateReading struct {
	order         DateOrder
	slashedReason string
	serialReason  string
}

// extractOrders are the orders that the columns of a whole load prove.
type extractOrders struct{ dayFirst, monthFirst bool }

func (o *extractOrders) add(d *dateEvidence) {
	switch d.proof() {
	case DayFirst:
		o.dayFirst = true
	case MonthFirst:
		o.monthFirst = true
	}
}

// read settles how the dates of a column are read: as the column itself proves, else as the others of the load prove, else
// as the setting says. What goes against the others or the setting is refused: half of the days would be others.
func (o extractOrders) read(d *dateEvidence, setting DateOrder) (r dateReading) {
	if d.serials > 0 && d.serials < d.dates {
		// A workbook has turned those dates into numbers that it understood, perhaps with day and month the wrong way round.
		r.serialReason, r.slashedReason = numberAmong, numberAmong
		return r
	}
	switch r.order = d.proof(); {
	case r.order == OrderOfExtracts && d.dayFirst+d.monthFirst > 0:
		r.slashedReason = eitherOrder
	case r.order == MonthFirst && (o.dayFirst || setting == DayFirst):
		r.slashedReason = monthComesFirst
	case r.order == DayFirst && setting == MonthFirst:
		r.slashedReason = dayComesFirst
	case r.order != OrderOfExtracts:
	case d.either == 0:
		r.order = DayFirst
	case o.dayFirst && !o.monthFirst:
		r.order = DayFirst
	case o.monthFirst && !o.dayFirst:
		r.order = MonthFirst
	case setting != OrderOfExtracts:
		r.order = setting
	default:
		r.slashedReason = eitherOrder
	}
	return r
}

// timestampLayout is what a value of a date or time column is copied as.
type timestampLayout int

const (
	dateOnly timestampLayout = iota
	dateAndTime
	dateTimeAndZone
)

// checkTimestamp takes dates as the column was found to have them.
func checkTimestamp(layout timestampLayout, reading dateReading) check {
	return func(value string, zone *time.Location) (string, string) {
		m, reason := parseTimestamp(strings.TrimSpace(value))
		if reason == "" && m.form == slashed {
			if reason = reading.slashedReason; reason == "" {
				m = m.inOrder(reading.order)
				reason = m.validDay()
			}
		}
		if reason == "" && m.form == serial {
			reason = reading.serialReason
		}
		if reason != "" {
			return "", reason
		}
		return m.format(layout, zone), ""
	}
}

// format writes a timestamp as PostgreSQL reads it. It cuts the seventh digit that SQL Server writes, where PostgreSQL would
// round up to the next day. A moment without an offset is left to the session's time zone.
func (m timestamp) format(layout timestampLayout, zone *time.Location) string {
	switch {
	case layout == dateTimeAndZone && m.hasOffset:
		return m.utc().Format("2006-01-02 15:04:05.999999Z07:00")
	case m.hasOffset || m.nanosecond != 0:
		if layout == dateOnly {
			return m.local(zone).Format(time.DateOnly)
		}
		return m.local(zone).Format("2006-01-02 15:04:05.999999")
	}
	text := make([]byte, 0, 19)
	text = appendDigits(text, m.year, 4)
	text = appendDigits(append(text, '-'), m.month, 2)
	text = appendDigits(append(text, '-'), m.day, 2)
	if layout != dateOnly {
		text = appendDigits(append(text, ' '), m.hour, 2)
		text = appendDigits(append(text, ':'), m.minute, 2)
		text = appendDigits(append(text, ':'), m.second, 2)
	}
	return string(text)
}

func appendDigits(text []byte, n, width int) []byte {
	for unit := [...]int{1, 10, 100, 1000}[width-1]; unit > 0; unit /= 10 {
		text = append(text, byte('0'+n/unit%10))
	}
	return text
}
