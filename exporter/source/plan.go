package source

import (
	"fmt"
	"slices"
	"strings"

	"childrens-services-exporter/exporter/definition"
)

// Plan is a cohort made ready for one database, or the reason why it cannot be.
type Plan struct {
	Cohort    *definition.Cohort
	Statement *definition.Statement
	// Totals is the statement without breakdowns, for the periods of a scorecard.
	Totals *definition.Statement
	// Missing says why the cohort is unavailable; empty if it is ready.
	Missing string
	// Relations are the mapped and replaced relations that the cohort reads.
	Relations []string

	// LockStatements are the statements that lock what the cohort reads, column by column.
	LockStatements []string
	// TableMissing is true where a whole table is missing: it may just be recreated.
	TableMissing bool

	relationSQL        string   // the common table expressions
	tableOIDs          []int64  // what is touched, by oid
	overrideStatements []string // those of Touches that are the council's own
	missingOptional    []string // the optional relations that the council has no table for
}

// Prepare plans every cohort of the source for the shape of its database.
func (s *Staging) Prepare(c *definition.Catalogue, schema *Schema) []*Plan {
	var plans []*Plan
	for _, cohort := range c.Cohorts {
		if cohort.Source == s.Source {
			plans = append(plans, s.prepare(c, cohort, schema))
		}
	}
	return plans
}

func (s *Staging) prepare(c *definition.Catalogue, cohort *definition.Cohort, schema *Schema) *Plan {
	plan := &Plan{Cohort: cohort}
	order, words := s.relationsRead(cohort.SQL)
	order = s.addLookups(order, words, schema)
	var ctes []string
	for _, name := range order {
		r := s.relations[name]
		var located map[string]locatedColumn
		if r.Table != "" && !r.override {
			var wanted []string
			for _, column := range sortedKeys(r.Columns) {
				if words[column] || column == r.Unique {
					wanted = append(wanted, column)
				}
			}
			table := schema.tables[r.Table]
			if located, plan.Missing = r.locate(schema, wanted); plan.Missing != "" {
				plan.TableMissing = table == nil
				return plan
			}
			if table == nil {
				plan.missingOptional = append(plan.missingOptional, name)
			} else {
				plan.LockStatements = append(plan.LockStatements, lockStatement(table, located))
				plan.tableOIDs = append(plan.tableOIDs, int64(table.oid))
				plan.Relations = append(plan.Relations, name)
			}
		} else if r.override {
			statement := "select * from (\n" + r.sql + "\n) as own limit 0"
			plan.LockStatements, plan.overrideStatements = append(plan.LockStatements, statement), append(plan.overrideStatements, statement)
			plan.Relations = append(plan.Relations, name)
		}
		ctes = append(ctes, s.relationSQL(r, schema, located))
	}
	plan.relationSQL = strings.Join(ctes, ",\n")
	plan.Statement = c.Compile(cohort, plan.relationSQL)
	plan.Totals = c.CompileTotals(cohort, plan.relationSQL)
	return plan
}

// relationsRead lists the relations that a text reads, each after those it reads
// itself, and every bare word in them.
func (s *Staging) relationsRead(sql string) (order []string, words map[string]bool) {
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

// lockStatement reads nothing, but takes the lock that keeps a refresh from emptying
// the table while it is being read, and proves the right to the columns.
func lockStatement(table *table, located map[string]locatedColumn) string {
	var columns []string
	for _, name := range sortedKeys(located) {
		if at := located[name]; !at.absent {
			columns = append(columns, at.source.name)
		}
	}
	if len(columns) == 0 {
		columns = []string{"1"}
	}
	slices.Sort(columns)
	return fmt.Sprintf("select %s from %s limit 0", strings.Join(slices.Compact(columns), ", "), table.name)
}
