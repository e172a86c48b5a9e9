package source

import (
	"fmt"
	"slices"
)

// detour is the way to a column that a build does not have: a build that does not
// say which child an involvement is with says in which referral.
type detour struct {
	// From lists the names of the id that is there instead, newest first.
	From []string `yaml:"from"`
	// Relation has the wanted column, under the same name, in the rows whose On is
	// that id.
	Relation string `yaml:"relation"`
	On       string `yaml:"on"`
}

// first finds the first of several names that a column has had.
func (t *table) first(names []string) (tableColumn, bool) {
	for _, name := range names {
		if at, ok := t.columns[name]; ok {
			return at, true
		}
	}
	return tableColumn{}, false
}

// asks finds the id by which another relation is asked for a column that is not
// here at all. A column that is here, but may not be read, wants a right and not
// a way around it.
func (t *table) asks(column column) (tableColumn, bool) {
	if column.Via == nil || slices.ContainsFunc(column.From, func(name string) bool { return t.hidden[name] }) {
		return tableColumn{}, false
	}
	return t.first(column.Via.From)
}

// join finds the column by the id. Several rows of one id say the same, or the
// lowest stands.
func (d *detour) join(column string) string {
	return fmt.Sprintf("\n    left join (\n        select %[2]s as key, min(%[1]s) as %[1]s\n        from %[3]s\n        group by %[2]s\n"+
		"    ) as %[1]s_found on %[1]s_found.key = %[1]s_key", column, d.On, d.Relation)
}

// withDetours puts before each relation those that it asks in this build, and
// adds to the words what it asks them by.
func (s *Staging) withDetours(order []string, words map[string]bool, shape *Schema) []string {
	var all []string
	for _, name := range order {
		r := s.relations[name]
		table := shape.tables[r.Table]
		for _, column := range sortedKeys(r.Columns) {
			if table == nil || r.override || !words[column] {
				continue
			}
			if _, here := table.first(r.Columns[column].From); here {
				continue
			}
			if _, asks := table.asks(r.Columns[column]); asks {
				via := r.Columns[column].Via
				words[via.On] = true
				all = append(all, via.Relation)
			}
		}
		all = append(all, name)
	}
	var once []string
	for _, name := range all {
		if !slices.Contains(once, name) {
			once = append(once, name)
		}
	}
	return once
}

// checkDetours sees that every detour leads somewhere, and no further.
func (s *Staging) checkDetours() error {
	for _, name := range sortedKeys(s.relations) {
		r := s.relations[name]
		for _, column := range sortedKeys(r.Columns) {
			via := r.Columns[column].Via
			if via == nil {
				continue
			}
			asked := s.relations[via.Relation]
			if asked == nil || asked.Columns[via.On].From == nil || asked.Columns[column].From == nil || asked.Columns[column].Via != nil {
				return fmt.Errorf("staging relation %s: column %s: via leads to no column %s of %s by %s", name, column, column, via.Relation, via.On)
			}
		}
		if r.Unique != "" && r.Columns[r.Unique].As != "id" {
			return fmt.Errorf("staging relation %s: unique names no id: %q", name, r.Unique)
		}
	}
	return nil
}
