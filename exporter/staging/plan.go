package staging

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/definition/query"
	"childrens-services-exporter/exporter/unavailable"
)

// Plan is a cohort compiled for one database, or the reason why it cannot be.
type Plan struct {
	Cohort    *definition.Cohort
	Statement *query.Statement
	// Totals is the statement without breakdowns, for the periods of a scorecard.
	Totals *query.Statement
	// RelationSQL holds the common table expressions of the relations.
	RelationSQL string
	// Missing says why the cohort is unavailable; empty if it is ready. Reason is the kind of that.
	Missing string
	Reason  unavailable.Reason
	// TableMissing is true where a whole table is missing: it may just be recreated.
	TableMissing bool
	// RightMissing is true where the login may not read a column.
	RightMissing bool

	// Relations are the mapped and replaced relations that the cohort reads.
	Relations []string
	// MissingOptional are the optional relations that the council has no table for.
	MissingOptional []string
	// MissingTables says why the relations that need a table have no rows: what rests on them is withdrawn.
	MissingTables map[string]string
	// LockStatements are the statements that lock what the cohort reads, column by
	// column. TableOIDs are the tables that they lock.
	LockStatements []string
	TableOIDs      []int64
	// OverrideStatements are the LockStatements of the council's own SELECTs.
	OverrideStatements []string
	// Withdrawn are the indicators and breakdowns that cannot be had though the cohort can.
	Withdrawn []Withdrawal

	// order are the relations in the order in which they are written, reads the columns of each that are read,
	// lookups those that are read from another relation.
	order   []string
	reads   map[string]map[string]bool
	lookups map[string]map[string]*lookup
}

// Prepare compiles every cohort of the source for the schema of its database.
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
	plan := &Plan{Cohort: cohort, reads: map[string]map[string]bool{}, lookups: map[string]map[string]*lookup{}}
	order, words := s.relationsRead(cohort.SQL)
	plan.order = s.addLookups(order, words, schema)
	var relations []string
	var absent []absence
	for _, name := range plan.order {
		r := s.relations[name]
		var located map[string]locatedColumn
		switch {
		case r.override:
			lock := "select * from (\n" + r.sql + "\n) as own limit 0"
			plan.LockStatements, plan.OverrideStatements = append(plan.LockStatements, lock), append(plan.OverrideStatements, lock)
			plan.Relations = append(plan.Relations, name)
		case r.Table != "":
			table := schema.tables[r.Table]
			location := r.locate(schema, r.wanted(words))
			if location.ambiguous != "" {
				plan.Missing, plan.Reason = location.ambiguous, unavailable.Missing
				return plan
			}
			located = location.columns
			plan.recordColumns(name, location)
			absent = append(absent, location.absences(name)...)
			if table == nil {
				plan.addMissingTable(name, location.noRows)
				break
			}
			if location.unreadable {
				relations = append(relations, s.relationSQL(r, &Schema{}, located))
				continue
			}
			plan.LockStatements = append(plan.LockStatements, lockStatement(table, located))
			plan.TableOIDs = append(plan.TableOIDs, int64(table.OID))
			plan.Relations = append(plan.Relations, name)
		}
		relations = append(relations, s.relationSQL(r, schema, located))
	}
	for _, lack := range absent {
		s.withdraw(plan, lack)
		if plan.Missing != "" {
			plan.TableMissing = lack.column == "" && schema.tables[s.relations[lack.relation].Table] == nil
			plan.RightMissing = strings.HasPrefix(plan.Missing, noRight)
			return plan
		}
	}
	plan.RelationSQL = strings.Join(relations, ",\n")
	plan.Statement = query.Compile(c, cohort, plan.RelationSQL)
	plan.Totals = query.CompileTotals(c, cohort, plan.RelationSQL)
	return plan
}

func (p *Plan) addMissingTable(name, message string) {
	if message == "" {
		p.MissingOptional = append(p.MissingOptional, name)
		return
	}
	if p.MissingTables == nil {
		p.MissingTables = map[string]string{}
	}
	p.MissingTables[name] = message
}

// recordColumns records which columns of a relation are read, and which of them from another relation.
func (p *Plan) recordColumns(name string, location locatedRelation) {
	p.reads[name], p.lookups[name] = map[string]bool{}, map[string]*lookup{}
	for column, located := range location.columns {
		p.reads[name][column] = true
		if located.lookup != nil {
			p.lookups[name][column] = located.lookup
		}
	}
}

// absences lists what a database does not give of a relation.
func (f locatedRelation) absences(name string) []absence {
	if f.noRows != "" {
		return []absence{{name, "", unavailable.Missing, f.noRows}}
	}
	var absent []absence
	for _, column := range slices.Sorted(maps.Keys(f.missing)) {
		absent = append(absent, absence{name, column, unavailable.Missing, f.missing[column]})
	}
	return absent
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
		for _, name := range slices.Sorted(maps.Keys(definition.Relations(text))) {
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

// wanted are the columns that the words name, and the unique id.
func (r *relation) wanted(words map[string]bool) []string {
	var wanted []string
	for _, name := range slices.Sorted(maps.Keys(r.Columns)) {
		if words[name] || name == r.Unique {
			wanted = append(wanted, name)
		}
	}
	return wanted
}

// lockStatement reads nothing, but takes the lock that keeps a refresh from
// emptying the table while it is being read, and proves the right to the columns.
func lockStatement(table *Table, located map[string]locatedColumn) string {
	var columns []string
	for _, column := range located {
		if !column.absent {
			columns = append(columns, column.source.name)
		}
	}
	if len(columns) == 0 {
		columns = []string{"1"}
	}
	slices.Sort(columns)
	return fmt.Sprintf("select %s from %s limit 0", strings.Join(slices.Compact(columns), ", "), table.Name)
}
