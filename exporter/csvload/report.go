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
	Read    int       // rows in the file, without the header
	Loaded  int       // rows that the table took
	Created bool      // the table is new
	Added   []string  // columns new in the table
	Absent  []string  // columns that the file does not have
	Unknown []string  // headers that are no column; their fields are left out
	Rows    []Refusal // rows refused
	Values  []Refusal // values refused, and null in rows that were loaded
}

// Refusal counts what was refused in one column for one reason.
type Refusal struct {
	Column string // "" for a row that could not be taken apart
	Reason string // as in "is not a date"
	Count  int
	Lines  []int // the first few, from 1, the header included
}

const linesKept = 5

func (t *Table) refuseRow(column, reason string, line int) {
	t.Rows = count(t.Rows, column, reason, line)
}
func (t *Table) refuseValue(column, reason string, line int) {
	t.Values = count(t.Values, column, reason, line)
}

func count(refusals []Refusal, column, reason string, line int) []Refusal {
	at := -1
	for i := range refusals {
		if refusals[i].Column == column && refusals[i].Reason == reason {
			at = i
			break
		}
	}
	if at < 0 {
		at = len(refusals)
		refusals = append(refusals, Refusal{Column: column, Reason: reason})
	}
	refusals[at].Count++
	if len(refusals[at].Lines) < linesKept {
		refusals[at].Lines = append(refusals[at].Lines, line)
	}
	return refusals
}

func (r Refusal) subject() string {
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
		refused += sum(t.Rows)
		values += sum(t.Values)
		t.write(&out)
	}
	if !r.Committed {
		fmt.Fprintln(&out, "Nothing is loaded: the warehouse is as it was.")
		return out.WriteTo(w)
	}
	fmt.Fprintf(&out, "In all: %s in %s loaded, %s and %s refused.\n",
		many(rows, "row"), many(len(r.Tables), "table"), many(refused, "row"), many(values, "value"))
	return out.WriteTo(w)
}

func (t Table) write(out *bytes.Buffer) {
	fmt.Fprintf(out, "%s: %s read from %s, %s taken\n", t.Name, many(t.Read, "row"), t.File, grouped(t.Loaded))
	for _, r := range t.Rows {
		fmt.Fprintf(out, "  %s refused: %s%s\n", many(r.Count, "row"), r.subject(), r.where())
	}
	for _, r := range t.Values {
		fmt.Fprintf(out, "  %s refused and left empty: %s%s\n", many(r.Count, "value"), r.subject(), r.where())
	}
	if len(t.Unknown) > 0 {
		fmt.Fprintf(out, "  not columns of the table, ignored: %s\n", strings.Join(t.Unknown, ", "))
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

// where lists the first lines, and says when there are more.
func (r Refusal) where() string {
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

func sum(refusals []Refusal) int {
	n := 0
	for _, r := range refusals {
		n += r.Count
	}
	return n
}

func many(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return grouped(n) + " " + noun
}

// grouped groups thousands, which a reader of millions needs.
func grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
