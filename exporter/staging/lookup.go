package staging

import (
	"fmt"
	"maps"
	"slices"
)

// lookup reads a column that a build lacks from another relation: a build that does
// not say which child an involvement is with says in which referral.
type lookup struct {
	// From lists the names of the id that is there instead, newest first.
	From []string `yaml:"from"`
	// Relation has the wanted column, under the same name, in the rows whose On is
	// that id.
	Relation string `yaml:"relation"`
	On       string `yaml:"on"`
}

// lookupKey finds the id by which another relation is read for a column that is
// not here at all. A column that is here, but may not be read, needs a right and
// not a lookup.
func (t *Table) lookupKey(c column) (tableColumn, bool) {
	if c.Lookup == nil || slices.ContainsFunc(c.From, func(name string) bool { return t.unreadable[name] }) {
		return tableColumn{}, false
	}
	return t.firstColumn(c.Lookup.From)
}

// joinSQL joins the column by the id. Where several rows of one id differ the
// lowest value stands.
func (l *lookup) joinSQL(column string) string {
	return fmt.Sprintf("\n    left join (\n        select %[2]s as key, min(%[1]s) as %[1]s\n        from %[3]s\n        group by %[2]s\n"+
		"    ) as %[1]s_lookup on %[1]s_lookup.key = %[1]s_key", column, l.On, l.Relation)
}

// addLookups puts before each relation those that it reads by lookup in this
// build, and adds the ids of the lookups to the words.
func (s *Staging) addLookups(order []string, words map[string]bool, schema *Schema) []string {
	var all []string
	add := func(name string) {
		if !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	for _, name := range order {
		r := s.relations[name]
		table := schema.tables[r.Table]
		for _, columnName := range slices.Sorted(maps.Keys(r.Columns)) {
			c := r.Columns[columnName]
			if table == nil || r.override || !words[columnName] {
				continue
			}
			if _, here := table.firstColumn(c.From); here {
				continue
			}
			if _, ok := table.lookupKey(c); ok {
				words[c.Lookup.On] = true
				add(c.Lookup.Relation)
			}
		}
		add(name)
	}
	return all
}

// validateLookups checks that the relation of every lookup has the column itself.
func (s *Staging) validateLookups() error {
	for _, name := range slices.Sorted(maps.Keys(s.relations)) {
		r := s.relations[name]
		for _, columnName := range slices.Sorted(maps.Keys(r.Columns)) {
			l := r.Columns[columnName].Lookup
			if l == nil {
				continue
			}
			target := s.relations[l.Relation]
			if target == nil || target.Columns[l.On].From == nil || target.Columns[columnName].From == nil || target.Columns[columnName].Lookup != nil {
				return fmt.Errorf("staging relation %s: column %s: lookup leads to no column %s of %s by %s", name, columnName, columnName, l.Relation, l.On)
			}
		}
		if r.Unique != "" && r.Columns[r.Unique].As != "id" {
			return fmt.Errorf("staging relation %s: unique names no id: %q", name, r.Unique)
		}
	}
	return nil
}
