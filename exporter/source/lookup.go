package source

import (
	"fmt"
	"slices"
)

// lookup is the way to a column that a build does not have: a build that does not
// say which child an involvement is with says in which referral.
type lookup struct {
	// From lists the names of the id that is there instead, newest first.
	From []string `yaml:"from"`
	// Relation has the wanted column, under the same name, in the rows whose On is
	// that id.
	Relation string `yaml:"relation"`
	On       string `yaml:"on"`
}

// firstOf finds the first of several names that a column has had.
func (t *table) firstOf(names []string) (tableColumn, bool) {
	for _, name := range names {
		if at, ok := t.columns[name]; ok {
			return at, true
		}
	}
	return tableColumn{}, false
}

// lookupKey finds the id by which another relation is asked for a column that is not
// here at all. A column that is here, but may not be read, wants a right and not
// a way around it.
func (t *table) lookupKey(column column) (tableColumn, bool) {
	if column.Lookup == nil || slices.ContainsFunc(column.From, func(name string) bool { return t.unreadable[name] }) {
		return tableColumn{}, false
	}
	return t.firstOf(column.Lookup.From)
}

// joinSQL finds the column by the id. Several rows of one id say the same, or the
// lowest stands.
func (d *lookup) joinSQL(column string) string {
	return fmt.Sprintf("\n    left join (\n        select %[2]s as key, min(%[1]s) as %[1]s\n        from %[3]s\n        group by %[2]s\n"+
		"    ) as %[1]s_found on %[1]s_found.key = %[1]s_key", column, d.On, d.Relation)
}

// addLookups puts before each relation those that it asks in this build, and
// adds to the words what it asks them by.
func (s *Staging) addLookups(order []string, words map[string]bool, schema *Schema) []string {
	var all []string
	for _, name := range order {
		r := s.relations[name]
		table := schema.tables[r.Table]
		for _, column := range sortedKeys(r.Columns) {
			if table == nil || r.override || !words[column] {
				continue
			}
			if _, here := table.firstOf(r.Columns[column].From); here {
				continue
			}
			if _, byLookup := table.lookupKey(r.Columns[column]); byLookup {
				lookup := r.Columns[column].Lookup
				words[lookup.On] = true
				all = append(all, lookup.Relation)
			}
		}
		all = append(all, name)
	}
	var unique []string
	for _, name := range all {
		if !slices.Contains(unique, name) {
			unique = append(unique, name)
		}
	}
	return unique
}

// validateLookups sees that every detour leads somewhere, and no further.
func (s *Staging) validateLookups() error {
	for _, name := range sortedKeys(s.relations) {
		r := s.relations[name]
		for _, column := range sortedKeys(r.Columns) {
			lookup := r.Columns[column].Lookup
			if lookup == nil {
				continue
			}
			target := s.relations[lookup.Relation]
			if target == nil || target.Columns[lookup.On].From == nil || target.Columns[column].From == nil || target.Columns[column].Lookup != nil {
				return fmt.Errorf("staging relation %s: column %s: via leads to no column %s of %s by %s", name, column, column, lookup.Relation, lookup.On)
			}
		}
		if r.Unique != "" && r.Columns[r.Unique].As != "id" {
			return fmt.Errorf("staging relation %s: unique names no id: %q", name, r.Unique)
		}
	}
	return nil
}
