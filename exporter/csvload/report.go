package csvload

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Report says what a load did. It holds counts, names and line numbers, and no value of a row.
type Report struct {
	Committed bool    // without it nothing was loaded, and the tables tell how far the load got
	Tables    []Table // in the order they were read
}

// Table is the part of a report about one table.
type Table struct {
	Name    string
	File    string
	Read    int            // rows in the file, without the header
	Loaded  int            // rows that the table took
	Created bool           // the table is new
	Added   []string       // columns new in the table
	Absent  []string       // columns that the file does not have
	Unknown []int          // fields whose header is no column, from 1; they are left out, and never named
	Rows    []Rejection    // rows refused
	Values  []Rejection    // values refused, and null in rows that were loaded
	Filled  map[string]int // values that are not blank, by column
}

// Rejection counts what was refused in one column for one reason.
type Rejection struct {
	Column string // "" for a row that could not be taken apart
	Reason string // as in "is not a date"
	Count  int
	Lines  []int // the first few, from 1, the header included
}

const maxLines = 5

func (t *Table) rejectRow(column, reason string, line int) {
	t.Rows = addRejection(t.Rows, column, reason, line)
}
func (t *Table) rejectValue(column, reason string, line int) {
	t.Values = addRejection(t.Values, column, reason, line)
}

func addRejection(rejections []Rejection, column, reason string, line int) []Rejection {
	index := -1
	for i := range rejections {
		if rejections[i].Column == column && rejections[i].Reason == reason {
			index = i
			break
		}
	}
	if index < 0 {
		index = len(rejections)
		rejections = append(rejections, Rejection{Column: column, Reason: reason})
	}
	rejections[index].Count++
	if len(rejections[index].Lines) < maxLines {
		rejections[index].Lines = append(rejections[index].Lines, line)
	}
	return rejections
}

func (r Rejection) subject() string {
	if r.Column == "" {
		return "the row " + r.Reason
	}
	return r.Column + " " + r.Reason
}

// WriteTo prints the report for the person who ran the load: a line per table, and below it only what needs attention.
func (r Report) WriteTo(w io.Writer) (int64, error) {
	var out bytes.Buffer
	rows, refused, values := 0, 0, 0
	for _, t := range r.Tables {
		rows += t.Loaded
		refused += countRejections(t.Rows)
		values += countRejections(t.Values)
		t.write(&out)
	}
	if !r.Committed {
		fmt.Fprintln(&out, "Nothing is loaded: the warehouse is as it was.")
		return out.WriteTo(w)
	}
	fmt.Fprintf(&out, "In all: %s in %s loaded, %s and %s refused.\n",
		formatCount(rows, "row"), formatCount(len(r.Tables), "table"), formatCount(refused, "row"), formatCount(values, "value"))
	return out.WriteTo(w)
}

func (t Table) write(out *bytes.Buffer) {
	fmt.Fprintf(out, "%s: %s read from %s, %s taken\n", t.Name, formatCount(t.Read, "row"), t.File, formatNumber(t.Loaded))
	for _, r := range t.Rows {
		fmt.Fprintf(out, "  %s refused: %s%s\n", formatCount(r.Count, "row"), r.subject(), r.lineList())
	}
	for _, r := range t.Values {
		fmt.Fprintf(out, "  %s refused and left empty: %s%s\n", formatCount(r.Count, "value"), r.subject(), r.lineList())
	}
	if len(t.Unknown) > 0 {
		fmt.Fprintf(out, "  %s\n", ignoredFields(t.Unknown))
	}
	if len(t.Absent) > 0 {
		fmt.Fprintf(out, "  not in the file: %s\n", strings.Join(t.Absent, ", "))
	}
	if t.Created {
		fmt.Fprint(out, "  the table is new: grant the exporter's login its columns (deploy/postgres/roles.sql)\n")
	} else if len(t.Added) > 0 {
		fmt.Fprintf(out, "  new columns, to be granted to the exporter's login (deploy/postgres/roles.sql): %s\n",
			strings.Join(t.Added, ", "))
	}
}

// ignoredFields counts the fields that are not loaded, and never names them: where a header is missing, the first row stands
// in its place.
func ignoredFields(fields []int) string {
	if len(fields) == 1 {
		return fmt.Sprintf("1 name of the header is no column of the table, ignored: field %d", fields[0])
	}
	var list []string
	for _, n := range fields[:len(fields)-1] {
		list = append(list, strconv.Itoa(n))
	}
	return fmt.Sprintf("%d names of the header are no column of the table, ignored: fields %s and %d",
		len(fields), strings.Join(list, ", "), fields[len(fields)-1])
}

// lineList lists the first lines, and says when there are more.
func (r Rejection) lineList() string {
	lines := make([]string, len(r.Lines))
	for i, line := range r.Lines {
		lines[i] = strconv.Itoa(line)
	}
	word, more := "lines", ""
	if r.Count == 1 {
		word = "line"
	}
	if r.Count > len(r.Lines) {
		more = ", ..."
	}
	return fmt.Sprintf(" (%s %s%s)", word, strings.Join(lines, ", "), more)
}

func countRejections(rejections []Rejection) int {
	n := 0
	for _, r := range rejections {
		n += r.Count
	}
	return n
}

func formatCount(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return formatNumber(n) + " " + noun
}

// formatNumber groups thousands, which a reader of millions needs.
func formatNumber(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
