package csvload

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"childrens-services-exporter/exporter/csvload/schema"
)

// RefusalError is a load that was refused for what is in its files. Each problem is one line: file, line, column, what was
// expected and what to do, and never a value.
type RefusalError struct{ Problems []string }

func (r *RefusalError) Error() string { return strings.Join(r.Problems, "\n") }

type problemList []string

func (p *problemList) add(format string, values ...any) {
	*p = append(*p, fmt.Sprintf(format, values...))
}

// err is nil without a problem.
func (p problemList) err() error {
	if len(p) == 0 {
		return nil
	}
	return &RefusalError{p}
}

// joinProblems makes one refusal of several. An error of another kind goes first, alone.
func joinProblems(errs []error) error {
	var problems problemList
	for _, err := range errs {
		var refusal *RefusalError
		switch {
		case err == nil:
		case errors.As(err, &refusal):
			problems = append(problems, refusal.Problems...)
		default:
			return err
		}
	}
	return problems.err()
}

// allowList names tables and columns, as TABLE or TABLE.COLUMN, of which refused rows and values may be left out.
type allowList []string

func (a allowList) table(name string) bool { return slices.Contains(a, name) }

func (a allowList) column(table, column string) bool { return slices.Contains(a, table+"."+column) }

// check finds the names that are none.
func (a allowList) check(flag string, tables []schema.Table) error {
	for _, name := range a {
		table, column, hasColumn := strings.Cut(name, ".")
		at := slices.IndexFunc(tables, func(t schema.Table) bool { return t.Name == table })
		switch {
		case at < 0:
			return fmt.Errorf("-%s: no table is called %s", flag, table)
		case hasColumn && flag == "allow-shrink":
			return fmt.Errorf("-%s: takes a table, not a column", flag)
		case hasColumn && !slices.ContainsFunc(tables[at].Columns, func(c schema.Column) bool {
			return c.Name == column || slices.Contains(c.Also, column)
		}):
			return fmt.Errorf("-%s: table %s has no column %s", flag, table, column)
		}
	}
	return nil
}

// refused lists what in a table is refused beyond what its columns bear.
func (t Table) refused(columns []target, allowed allowList) (problems problemList) {
	for _, r := range t.Rows {
		if r.Column == "" && !allowed.table(t.Name) {
			problems.add("%s, line %d: %s %s: expected the fields of the header; put values with a separator or a line end in quotes,"+
				" or leave such rows out with -allow %s", t.File, r.Lines[0], formatCount(r.Count, "row"), pluralReason(r), t.Name)
		}
	}
	for _, c := range columns {
		count, first := 0, Rejection{}
		for _, r := range slices.Concat(t.Rows, t.Values) {
			if r.Column == c.column.Name && r.Column != "" {
				if count == 0 {
					first = r
				}
				count += r.Count
			}
		}
		if c.column.Name == "" || count == 0 || count <= c.bears(t.Filled[c.column.Name]) || allowed.column(t.Name, c.column.Name) {
			continue
		}
		problems.add("%s, line %d: %s %s; %s of %s refused: expected %s; %sor let it pass with -allow %s.%s",
			t.File, first.Lines[0], c.column.Name, first.Reason, formatNumber(count), formatCount(max(t.Filled[c.column.Name], count), "value"),
			expected(c.column), remedy(first.Reason), t.Name, c.column.Name)
	}
	return problems
}

func pluralReason(r Rejection) string {
	if r.Count == 1 {
		return r.Reason
	}
	return strings.Replace(r.Reason, "has ", "have ", 1)
}

// bears is how many values of a column may be refused: none of what is counted, one in a hundred of the rest.
func (t target) bears(filled int) int {
	if t.column.CountsExactly() {
		return 0
	}
	return filled / 100
}

func expected(c schema.Column) string {
	if c.IsDate() {
		return "dates as 2026-04-01 or 01/04/2026"
	}
	return "values that fit " + c.Type
}

func remedy(reason string) string {
	switch reason {
	case monthComesFirst:
		return "export with the day first, or all files with the month first, "
	case dayComesFirst:
		return "leave out -dates month-first, "
	case eitherOrder:
		return "export as 2026-04-01 or give -dates day-first, "
	case numberAmong:
		return "export again without opening the file in a spreadsheet, "
	case twoDigitYear:
		return "export years with four digits, "
	case blank:
		return "fill it in, "
	}
	return "correct the export, "
}
