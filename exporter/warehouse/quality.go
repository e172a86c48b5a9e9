package warehouse

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
)

// TableReading is what one pass over a relation's table found.
type TableReading struct {
	Relation string
	// Filenode changes when a table is truncated or recreated; 0 for a view.
	Filenode uint32
	Rows     int64
	// MayBeEmpty is true where no rows at all are nothing to wonder about.
	MayBeEmpty bool
	// Orphans counts rows whose reference finds nothing, by staging column.
	Orphans map[string]int64
	// Checks counts rows by what is wrong with them.
	Checks map[string]int64
	// Newest is the latest event date up to today, zero if there is none.
	Newest time.Time
}

// qualityCheck is one condition counted over a relation.
type qualityCheck struct {
	name, orphanOf, sql string
}

// readTable counts the rows of a relation and what is wrong with them, in one
// statement. Today is the civil date after which an event lies in the future.
func (s *Staging) readTable(ctx context.Context, db sqlx.QueryerContext, shape *Shape, name string, today time.Time) (TableReading, error) {
	reading := TableReading{
		Relation: name, MayBeEmpty: s.relations[name].MayBeEmpty, Orphans: map[string]int64{}, Checks: map[string]int64{},
	}
	statement, checks, filenode := s.qualityStatement(shape, name)
	var newest sql.NullTime
	counts := make([]int64, len(checks))
	into := []any{&reading.Rows, &newest}
	for i := range counts {
		into = append(into, &counts[i])
	}
	if err := db.QueryRowxContext(ctx, statement, today.Format(time.DateOnly)).Scan(into...); err != nil {
		return reading, fmt.Errorf("cannot count %s: %w", name, err)
	}
	if newest.Valid {
		reading.Newest = newest.Time
	}
	for i, check := range checks {
		if check.orphanOf != "" {
			reading.Orphans[check.orphanOf] = counts[i]
		}
		reading.Checks[check.name] = counts[i]
	}
	if filenode == 0 {
		return reading, nil
	}
	var node sql.NullInt64
	if err := db.QueryRowxContext(ctx, "select pg_relation_filenode($1::oid)::bigint", filenode).Scan(&node); err != nil {
		return reading, fmt.Errorf("cannot read the file of %s: %w", name, err)
	}
	reading.Filenode = uint32(node.Int64)
	return reading, nil
}

func (s *Staging) qualityStatement(shape *Shape, name string) (statement string, checks []qualityCheck, oid uint32) {
	r := s.relations[name]
	if r.override {
		return "select count(*), null::date from (\n" + r.sql + "\n) as own where $1::date is not null", nil, 0
	}
	table := shape.tables[r.Table]
	found := map[string]tableColumn{}
	for column := range r.Columns {
		if at, missing := r.locate(shape, []string{column}); missing == "" && !at[column].absent {
			found[column] = at[column].source
		}
	}
	var raw, events, joins []string
	for _, column := range sortedKeys(found) {
		definition, source := r.Columns[column], found[column]
		raw = append(raw, s.expression(definition, locatedColumn{source: source})+" as "+column)
		if unknown := unknownWord(definition, source); unknown != "" {
			raw = append(raw, "nullif(btrim("+source.name+"::text), '') as "+column+"_text")
			checks = append(checks, qualityCheck{name: name + "." + column + " " + unknown,
				sql: column + "_text is not null and " + column + " is null"})
		}
		switch definition.As {
		case "codes":
			checks = append(checks, qualityCheck{name: name + "." + column + " unmapped", sql: "'unknown' = any(" + column + ")"})
		case "outcome":
			raw = append(raw, "nullif(btrim("+source.name+"::text), '') as "+column+"_text")
			checks = append(checks, qualityCheck{name: name + "." + column + " unreadable", sql: withoutKeys(definition.Keys, column+"_text")})
		}
		if definition.Event {
			events = append(events, "max(case when "+column+" <= $1::date and "+column+" > date '1900-01-02' then "+column+" end)")
			checks = append(checks, qualityCheck{name: name + "." + column + " in the future",
				sql: column + " > $1::date and " + column + " < date '2100-01-01'"})
		}
		if _, known := found[definition.NotBefore]; known {
			checks = append(checks, qualityCheck{name: name + "." + column + " before " + definition.NotBefore,
				sql: column + " < " + definition.NotBefore + " and " + column + " > date '1900-01-02'"})
		}
		if keys := s.keys(shape, definition.RefersTo); keys != "" {
			owner := column + "_owner"
			joins = append(joins, "left join ("+keys+") as "+owner+" on "+owner+".key = "+name+"."+column)
			checks = append(checks, qualityCheck{name: name + "." + column + " orphaned", orphanOf: column,
				sql: column + " is not null and " + owner + ".key is null"})
		}
	}
	if found["starts"].name != "" && found["ends"].name != "" && r.Columns["ends"].As == "date" {
		checks = append(checks, qualityCheck{name: name + " ended before started", sql: "ends < starts and ends > date '1900-01-02'"})
	}
	return qualitySQL(name, table, raw, events, joins, checks), checks, table.oid
}

// unknownWord names the fault of a filled column that staging can make nothing
// of, where there can be one.
func unknownWord(definition column, source tableColumn) string {
	switch {
	case definition.As == "code":
		return "unmapped"
	case slices.Contains([]string{"date", "month", "moment"}, definition.As) && !isTime(source.kind):
		return "unreadable"
	}
	return ""
}

// keys selects what a reference to a relation should find, once each, so that a
// join with them multiplies no row.
func (s *Staging) keys(shape *Shape, name string) string {
	r := s.relations[name]
	if r == nil || r.override || shape.tables[r.Table] == nil {
		return ""
	}
	id := name + "_id"
	definition, known := r.Columns[id]
	if !known || definition.As != "id" || definition.RefersTo != "" {
		return ""
	}
	found, missing := r.locate(shape, []string{id})
	if missing != "" || found[id].absent {
		return ""
	}
	return "select distinct " + s.expression(definition, found[id]) + " as key from " + shape.tables[r.Table].name
}

func qualitySQL(name string, table *table, raw, events, joins []string, checks []qualityCheck) string {
	newest := "null::date"
	if len(events) > 0 {
		newest = "greatest(" + strings.Join(events, ", ") + ")"
	}
	counted := []string{"count(*)", newest}
	for _, check := range checks {
		counted = append(counted, "count(*) filter (where "+check.sql+")")
	}
	if len(raw) == 0 {
		raw = []string{"true as present"}
	}
	return fmt.Sprintf("select %s\nfrom (\n    select %s\n    from %s\n) as %s\n%s\nwhere $1::date is not null",
		strings.Join(counted, ",\n       "), strings.Join(raw, ",\n           "), table.name, name, strings.Join(joins, "\n"))
}
