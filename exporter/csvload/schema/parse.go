package schema

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// The parser reads this directory's own layout and nothing else: a comment that says what a row is, "create table x (",
// one column a line, ");". Whatever departs from it is an error, so that no column is lost to a misprint.
var (
	rowLine    = regexp.MustCompile(`^-- A row is (.+)\.$`)
	createLine = regexp.MustCompile(`^create table ([a-z][a-z0-9_]*) \($`)
	columnLine = regexp.MustCompile(`^    ("?[a-z][a-z0-9_]*"?) +` +
		`(varchar\(\d+\)|char\(\d+\)|numeric\(\d+,\d+\)|double precision|text|smallint|integer|boolean|date|timestamp)` +
		`( +not null)?(?: +default ([a-z]+))?(,?)(?: +-- (.+))?$`)
)

func parse(ddl string) ([]Table, error) {
	var tables []Table
	p := parser{}
	for n, line := range strings.Split(ddl, "\n") {
		done, err := p.readLine(line)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n+1, err)
		}
		if done == nil {
			continue
		}
		if slices.ContainsFunc(tables, func(t Table) bool { return t.Name == done.Name }) {
			return nil, fmt.Errorf("line %d: a second table %s", n+1, done.Name)
		}
		tables = append(tables, *done)
	}
	if p.table != nil {
		return nil, fmt.Errorf("table %s does not end", p.table.Name)
	}
	return tables, nil
}

type parser struct {
	comment []string // since the last blank line
	table   *Table   // being read, or nil
	last    bool     // no column may follow
}

// readLine takes a line and returns the table that it ends.
func (p *parser) readLine(line string) (*Table, error) {
	if p.table != nil {
		return p.readColumn(line)
	}
	if strings.HasPrefix(line, "--") {
		p.comment = append(p.comment, strings.TrimPrefix(line, "-- "))
		return nil, nil
	}
	comment := strings.Join(p.comment, " ")
	p.comment = nil
	if line == "" {
		return nil, nil
	}
	create := createLine.FindStringSubmatch(line)
	if create == nil {
		return nil, errors.New(`expected "create table <name> ("`)
	}
	row := rowLine.FindStringSubmatch("-- " + comment)
	if row == nil {
		return nil, fmt.Errorf(`table %s: expected "-- A row is ...." above it`, create[1])
	}
	p.table, p.last = &Table{Name: create[1], Row: row[1]}, false
	return nil, nil
}

func (p *parser) readColumn(line string) (*Table, error) {
	if line == ");" {
		done := p.table
		if !p.last {
			return nil, fmt.Errorf("table %s: a comma too many or no column", done.Name)
		}
		p.table = nil
		return done, nil
	}
	match := columnLine.FindStringSubmatch(line)
	if match == nil || p.last {
		return nil, fmt.Errorf("table %s: expected a column, with a comma unless it is the last", p.table.Name)
	}
	column := Column{Name: strings.Trim(match[1], `"`), Type: match[2], NotNull: match[3] != "", Default: match[4]}
	if also, ok := strings.CutPrefix(match[6], "also "); ok {
		column.Also = strings.Split(also, ", ")
	}
	if slices.ContainsFunc(p.table.Columns, func(c Column) bool { return c.Name == column.Name }) {
		return nil, fmt.Errorf("table %s: a second column %s", p.table.Name, column.Name)
	}
	p.table.Columns = append(p.table.Columns, column)
	p.last = match[5] == ""
	return nil, nil
}
