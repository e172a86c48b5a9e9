package warehouse

import (
	"context"
	"database/sql"
	"fmt"
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
	reading := TableReading{Relation: name, Orphans: map[string]int64{}, Checks: map[string]int64{}}
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
	var raw, events, ctes []string
	for _, column := range sortedKeys(r.Columns) {
		definition := r.Columns[column]
		found, missing := r.locate(shape, []string{column})
		if missing != "" || found[column].absent {
			continue
		}
		at := found[column]
		raw = append(raw, s.expression(definition, at)+" as "+column)
		filled := "(" + column + "_text is not null)"
		if definition.As == "code" || definition.As == "date" && isText(at.source.kind) {
			raw = append(raw, "nullif(btrim("+at.source.name+"::text), '') as "+column+"_text")
			kind := map[string]string{"code": "unmapped", "date": "unreadable"}[definition.As]
			checks = append(checks, qualityCheck{name: name + "." + column + " " + kind, sql: filled + " and " + column + " is null"})
		}
		if definition.Event {
			events = append(events, "max(case when "+column+" <= $1::date and "+column+" > date '1900-01-02' then "+column+" end)")
			checks = append(checks, qualityCheck{name: name + "." + column + " in the future",
				sql: column + " > $1::date and " + column + " < date '2100-01-01'"})
		}
		if first := definition.NotBefore; first != "" {
			if earlier, missing := r.locate(shape, []string{first}); missing == "" && !earlier[first].absent {
				checks = append(checks, qualityCheck{name: name + "." + column + " before " + first,
					sql: column + " < " + first + " and " + column + " > date '1900-01-02'"})
			}
		}
		if referred := s.relations[definition.RefersTo]; referred != nil && !referred.override {
			if cte, key := s.referred(shape, referred); cte != "" {
				ctes = append(ctes, cte)
				checks = append(checks, qualityCheck{name: name + "." + column + " orphaned", orphanOf: column,
					sql: column + " is not null and " + column + " not in (select " + key + " from " + referred.name + "_key)"})
			}
		}
	}
	if r.Columns["starts"].As == "date" && r.Columns["ends"].As == "date" && strings.Contains(strings.Join(raw, " "), " as ends") {
		checks = append(checks, qualityCheck{name: name + " ended before started", sql: "ends < starts and ends > date '1900-01-02'"})
	}
	return qualitySQL(name, table, raw, events, ctes, checks), checks, table.oid
}

// referred is the list of keys that a reference should find.
func (s *Staging) referred(shape *Shape, r *relation) (cte, key string) {
	if shape.tables[r.Table] == nil {
		return "", ""
	}
	for column, definition := range r.Columns {
		if definition.RefersTo != "" || definition.As != "id" || column != r.name+"_id" {
			continue
		}
		found, missing := r.locate(shape, []string{column})
		if missing != "" {
			return "", ""
		}
		return fmt.Sprintf("%[1]s_key as (select %[2]s as %[3]s from %[4]s where %[2]s is not null)",
			r.name, s.expression(definition, found[column]), column, shape.tables[r.Table].name), column
	}
	return "", ""
}

func qualitySQL(name string, table *table, raw, events, ctes []string, checks []qualityCheck) string {
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
	with := ""
	if len(ctes) > 0 {
		with = "with " + strings.Join(ctes, ",\n     ") + "\n"
	}
	return fmt.Sprintf("%sselect %s\nfrom (\n    select %s\n    from %s\n) as %s\nwhere $1::date is not null",
		with, strings.Join(counted, ",\n       "), strings.Join(raw, ",\n           "), table.name, name)
}
