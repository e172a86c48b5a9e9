package staging

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// relation is one staging relation: mapped from a table, derived in SQL from
// other relations, or the council's own SELECT.
type relation struct {
	name    string
	Row     string            `yaml:"row"`
	Table   string            `yaml:"table"`
	Columns map[string]column `yaml:"columns"`
	// OneOf lists groups of optional columns of which at least one must exist: a
	// visit names its child or its plan.
	OneOf [][]string `yaml:"one_of"`
	// Unique is the id by which other relations refer to a row. Rows that were loaded
	// twice become one, or whatever joins them would count somebody twice.
	Unique string `yaml:"unique"`
	// MayBeEmpty is true of a table in which no rows at all are ordinary.
	MayBeEmpty bool `yaml:"may_be_empty"`
	// Optional is a table that a council may lack altogether: it then has no rows.
	Optional bool `yaml:"optional"`
	// Inline is for a table of millions of rows: a cohort reads it once, with its own
	// conditions, and no clean copy of all of it is materialized.
	Inline   bool `yaml:"inline"`
	sql      string
	override bool
}

// column is one column of a mapped relation.
type column struct {
	// From lists the names that the column has had, newest first.
	From  []string `yaml:"from"`
	As    string   `yaml:"as"`
	Codes string   `yaml:"codes"`
	// Keys are the flags of a JSON text of which one must be true; see jsonFlag.
	Keys     []string `yaml:"keys"`
	Optional bool     `yaml:"optional"`
	// RefersTo is the relation in which this id should have a row.
	RefersTo string `yaml:"refers_to"`
	// Hashed is true of an id that a sheet may hide as its MD5 or SHA-256 hash.
	Hashed bool `yaml:"hashed"`
	// Event marks the date on which the row's event happened: it should not lie in the
	// future, and the newest one shows how fresh the source is.
	Event bool `yaml:"event"`
	// NotBefore is the date of the same row that this one should not precede.
	NotBefore string `yaml:"not_before"`
	// Estimates is the date of the same row for which this one stands where it is missing:
	// in the past it is no longer expected, but a guess.
	Estimates string `yaml:"estimates"`
	// Lookup reads the column from another relation, in builds that lack it here.
	Lookup *lookup `yaml:"lookup"`
	// codes are those of the settings with the council's own table of codes; nil
	// without rows for this column.
	codes codeSet
}

func (s *Staging) validate(r *relation) error {
	types := []string{"id", "text", "team", "date", "month", "timestamp", "flag", "number", "code", "codes", "json_flag"}
	for name, c := range r.Columns {
		switch {
		case len(c.From) == 0:
			return fmt.Errorf("column %s has no source column", name)
		case !slices.Contains(types, c.As):
			return fmt.Errorf("column %s: as must be one of %s", name, strings.Join(types, ", "))
		case (c.As == "json_flag") != (len(c.Keys) > 0), strings.Trim(strings.Join(c.Keys, ""), flagLetters) != "":
			return fmt.Errorf("column %s: a json_flag, and nothing else, has keys, in capitals", name)
		case strings.HasPrefix(c.As, "code") && s.codes[c.Codes] == nil:
			return fmt.Errorf("column %s: no code set %q", name, c.Codes)
		case c.NotBefore != "" && r.Columns[c.NotBefore].As != "date":
			return fmt.Errorf("column %s: not_before names no date: %q", name, c.NotBefore)
		case c.Estimates != "" && (c.As != "date" || r.Columns[c.Estimates].As != "date"):
			return fmt.Errorf("column %s: estimates is of a date, and names one: %q", name, c.Estimates)
		}
	}
	for _, name := range slices.Concat(r.OneOf...) {
		if !r.Columns[name].Optional {
			return fmt.Errorf("one_of: %s is not an optional column", name)
		}
	}
	if r.Table == "" {
		return fmt.Errorf("no table")
	}
	return nil
}

// locatedColumn is where a real table has a staging column.
type locatedColumn struct {
	source tableColumn
	absent bool
	// lookup is set where source is the id by which another relation is read.
	lookup *lookup
}

// locatedRelation is what a real table has of a mapped relation.
type locatedRelation struct {
	columns map[string]locatedColumn
	// missing says of each required column that is not there what a council has to do.
	missing map[string]string
	// noRows says why the rows themselves cannot be had: the table is missing, or what names the child in it.
	noRows string
	// unreadable is true of a table in which the login may read nothing at all.
	unreadable bool
	// ambiguous says that nothing tells which of two tables is meant.
	ambiguous string
}

// locate finds the source of each wanted column of a mapped relation.
func (r *relation) locate(schema *Schema, wanted []string) locatedRelation {
	result := locatedRelation{columns: map[string]locatedColumn{}, missing: map[string]string{}}
	table := schema.tables[r.Table]
	if table != nil && table.AmbiguousWith != "" {
		result.ambiguous = "table " + r.Table + " could be " + table.Name + " or " + table.AmbiguousWith + "; choose with schema and prefix in the settings"
		return result
	}
	if table == nil && !r.Optional {
		result.noRows = "table " + r.Table + " is missing"
	}
	for _, name := range wanted {
		if table == nil {
			result.columns[name] = locatedColumn{absent: true}
			continue
		}
		located, missing := r.locateColumn(table, r.Columns[name])
		if missing != "" {
			located, result.missing[name] = locatedColumn{absent: true}, missing
		}
		result.columns[name] = located
	}
	if table != nil {
		result.noRows = r.missingOneOf(result.columns)
		if missing := result.missing[r.Unique]; missing != "" {
			result.noRows = missing
		}
	}
	if table != nil && len(table.columns) == 0 && len(result.missing) > 0 {
		result.unreadable, result.noRows = true, result.missing[slices.Sorted(maps.Keys(result.missing))[0]]
	}
	return result
}

// locateOne finds the source of one column, and reports whether it has any.
func (r *relation) locateOne(schema *Schema, name string) (located locatedColumn, ok bool) {
	location := r.locate(schema, []string{name})
	located = location.columns[name]
	return located, location.ambiguous == "" && location.noRows == "" && len(location.missing) == 0 && !located.absent
}

// noRight begins the words for a column that exists and may not be read.
const noRight = "no right to read column "

func (r *relation) locateColumn(table *Table, c column) (located locatedColumn, missing string) {
	if source, ok := table.firstColumn(c.From); ok {
		return locatedColumn{source: source}, ""
	}
	if key, ok := table.lookupKey(c); ok {
		return locatedColumn{source: key, lookup: c.Lookup}, ""
	}
	if c.Optional {
		return locatedColumn{absent: true}, ""
	}
	for _, name := range c.From {
		if table.unreadable[name] {
			return locatedColumn{}, noRight + r.Table + "." + name
		}
	}
	return locatedColumn{}, "column " + r.Table + "." + c.From[0] + " is missing"
}

// missingOneOf names a wanted column of a group that has none in the table.
func (r *relation) missingOneOf(located map[string]locatedColumn) (missing string) {
	for _, group := range r.OneOf {
		wanted, present := "", false
		for _, name := range group {
			if column, ok := located[name]; ok {
				wanted, present = name, present || !column.absent
			}
		}
		if wanted != "" && !present {
			return "column " + r.Table + "." + r.Columns[wanted].From[0] + " is missing"
		}
	}
	return ""
}
