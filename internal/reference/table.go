package reference

import (
	"strconv"
	"strings"
	"time"
)

// Tables is a council's tables as they are loaded: the name of a table to its rows.
type Tables map[string][]Row

// Row is one row of a table: the name of a column to its text. A column that is not there is NULL.
type Row map[string]string

// rows gives the distinct rows of a table. A row that was loaded twice is the same row.
func (c Tables) rows(table string, columns ...string) []Row {
	var distinct []Row
	seen := map[string]bool{}
	for _, row := range c[table] {
		var key strings.Builder
		for _, column := range columns {
			value, filled := row[column]
			key.WriteString(strconv.FormatBool(filled) + strconv.Quote(value))
		}
		if !seen[key.String()] {
			seen[key.String()] = true
			distinct = append(distinct, row)
		}
	}
	return distinct
}

// text is what a column says, without the blanks around it, or "" where it says nothing.
func (r Row) text(column string) string {
	return strings.TrimSpace(strings.ReplaceAll(r[column], "\u00a0", " "))
}

// id is an identifier, or "" where there is none: some systems write a placeholder for it.
func (r Row) id(column string) string {
	text := r.text(column)
	if isPlaceholder(text) {
		return ""
	}
	return text
}

// teamID is what a column says of a team, or "" where it says that there is none.
func (r Row) teamID(column string) string {
	switch id := r.id(column); strings.ToLower(id) {
	case "null", "(null)", "n/a", "none", "nan":
		return ""
	default:
		return id
	}
}

func isPlaceholder(text string) bool {
	switch strings.ToUpper(text) {
	case "", "SSD_PH", "0", "-1":
		return true
	}
	return false
}

// date is the day of a date or of a local time. Dates on which nothing happened but which systems write for "none" are
// none: those up to 2 January 1900 and those from the year 2100.
func (r Row) date(column string) Date {
	text, _, _ := strings.Cut(r.text(column), " ")
	read, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return Date{}
	}
	day := dateOf(read)
	if day.Before(On(1900, time.January, 3)) || day.Year >= 2100 {
		return Date{}
	}
	return day
}

// clock is the local moment of a date or a time, midnight where no time is given, and false where there is none.
func (r Row) clock(column string) (time.Time, bool) {
	day := r.date(column)
	if !day.Known() {
		return time.Time{}, false
	}
	for _, layout := range []string{"2006-01-02 15:04:05", "2006-01-02 15:04:05.999"} {
		if at, err := time.Parse(layout, r.text(column)); err == nil {
			return at, true
		}
	}
	return day.midnight(), true
}

// answer is what a yes-or-no column says.
type answer int

const (
	notSaid answer = iota
	no
	yes
)

func (r Row) answer(column string) answer {
	switch strings.ToLower(r.text(column)) {
	case "y", "yes", "1", "true", "t":
		return yes
	case "n", "no", "0", "false", "f":
		return no
	}
	return notSaid
}

// number is an amount, and false where there is none.
func (r Row) number(column string) (float64, bool) {
	value, err := strconv.ParseFloat(r.text(column), 64)
	return value, err == nil
}

// openOn is true from the day something started to the eve of the day it ended.
func openOn(day, starts, ends Date) bool {
	return starts.Known() && !starts.After(day) && (!ends.Known() || ends.After(day))
}
