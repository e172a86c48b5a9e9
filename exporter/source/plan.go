package source

import (
	"fmt"
	"slices"
	"strings"

	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/definition/query"
)

// Plan is a cohort made ready for one database, or the reason why it cannot be.
type Plan struct {
	Cohort    *definition.Cohort
	Statement *query.Statement
	// Totals is the statement without breakdowns, for the periods of a scorecard.
	Totals *query.Statement
	// Missing says why the cohort is unavailable; empty if it is ready.
	Missing string
	// Relations are the mapped and replaced relations that the cohort reads.
	Relations []string

	// LockStatements are the statements that lock what the cohort reads, column by column.
	LockStatements []string
	// TableMissing is true where a whole table is missing: it may just be recreated.
	TableMissing bool

	relations string   // the common table expressions
	tables    []int64  // what is touched, by oid
	own       []string // those of Touches that are the council's own
	lacks     []string // the optional relations that the council has no table for
}

// Prepare plans every cohort of the source for the shape of its database.
func (s *Staging) Prepare(c *definition.Catalogue, shape *Schema) []*Plan {
	var plans []*Plan
	for _, cohort := range c.Cohorts {
		if cohort.Source == s.Source {
			plans = append(plans, s.prepare(c, cohort, shape))
		}
	}
	return plans
}

func (s *Staging) prepare(c *definition.Catalogue, cohort *definition.Cohort, shape *Schema) *Plan {
	plan := &Plan{Cohort: cohort}
	order, words := s.reads(cohort.SQL)
	order = s.withDetours(order, words, shape)
	var ctes []string
	for _, name := range order {
		r := s.relations[name]
		var found map[string]locatedColumn
		if r.Table != "" && !r.override {
			var wanted []string
			for _, column := range sortedKeys(r.Columns) {
				if words[column] || column == r.Unique {
					wanted = append(wanted, column)
				}
			}
			table := shape.tables[r.Table]
			if found, plan.Missing = r.locate(shape, wanted); plan.Missing != "" {
				plan.TableMissing = table == nil
				return plan
			}
			if table == nil {
				plan.lacks = append(plan.lacks, name)
			} else {
				plan.LockStatements = append(plan.LockStatements, touch(table, found))
				plan.tables = append(plan.tables, int64(table.oid))
				plan.Relations = append(plan.Relations, name)
			}
		} else if r.override {
			own := "select * from (\n" + r.sql + "\n) as own limit 0"
			plan.LockStatements, plan.own = append(plan.LockStatements, own), append(plan.own, own)
			plan.Relations = append(plan.Relations, name)
		}
		ctes = append(ctes, s.cte(r, shape, found))
	}
	plan.relations = strings.Join(ctes, ",\n")
	plan.Statement = query.Compile(c, cohort, plan.relations)
	plan.Totals = query.CompileTotals(c, cohort, plan.relations)
	return plan
}

// reads lists the relations that a text reads, each after those it reads
// itself, and every bare word in them.
func (s *Staging) reads(sql string) (order []string, words map[string]bool) {
	words = map[string]bool{}
	var visit func(text string, within []string)
	visit = func(text string, within []string) {
		for word := range definition.Identifiers(text) {
			words[word] = true
		}
		for _, name := range sortedKeys(definition.Relations(text)) {
			r := s.relations[name]
			if r == nil || slices.Contains(order, name) || slices.Contains(within, name) {
				continue
			}
			if r.Table == "" && !r.override {
				visit(r.sql, append(within, name))
			}
			order = append(order, name)
		}
	}
	visit(sql, nil)
	return order, words
}

// touch reads nothing, but takes the lock that keeps a refresh from emptying
// the table while it is being read, and proves the right to the columns.
func touch(table *table, found map[string]locatedColumn) string {
	var columns []string
	for _, name := range sortedKeys(found) {
		if at := found[name]; !at.absent {
			columns = append(columns, at.source.name)
		}
	}
	if len(columns) == 0 {
		columns = []string{"1"}
	}
	slices.Sort(columns)
	return fmt.Sprintf("select %s from %s limit 0", strings.Join(slices.Compact(columns), ", "), table.name)
}
