package source

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
)

// TableStats is what one pass over a relation's table found.
type TableStats struct {
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

// countTable counts the rows of a relation and what is wrong with them, in one
// statement. Today is the civil date after which an event lies in the future.
func (s *Staging) countTable(ctx context.Context, db sqlx.QueryerContext, shape *Schema, name string, today time.Time) (TableStats, error) {
	stats := TableStats{
		Relation: name, MayBeEmpty: s.relations[name].MayBeEmpty, Orphans: map[string]int64{}, Checks: map[string]int64{},
	}
	statement, checks, filenode := s.qualityStatement(shape, name)
	var newest sql.NullTime
	counts := make([]int64, len(checks))
	into := []any{&stats.Rows, &newest}
	for i := range counts {
		into = append(into, &counts[i])
	}
	if err := db.QueryRowxContext(ctx, statement, today.Format(time.DateOnly)).Scan(into...); err != nil {
		return stats, fmt.Errorf("cannot count %s: %w", name, err)
	}
	if newest.Valid {
		stats.Newest = newest.Time
	}
	for i, check := range checks {
		if check.orphanOf != "" {
			stats.Orphans[check.orphanOf] = counts[i]
		}
		stats.Checks[check.name] = counts[i]
	}
	if filenode == 0 {
		return stats, nil
	}
	var node sql.NullInt64
	if err := db.QueryRowxContext(ctx, "select pg_relation_filenode($1::oid)::bigint", filenode).Scan(&node); err != nil {
		return stats, fmt.Errorf("cannot read the file of %s: %w", name, err)
	}
	stats.Filenode = uint32(node.Int64)
	return stats, nil
}

func (s *Staging) qualityStatement(shape *Schema, name string) (statement string, checks []qualityCheck, oid uint32) {
	r := s.relations[name]
	if r.override {
		return "select count(*), null::date from (\n" + r.sql + "\n) as own where $1::date is not null", nil, 0
	}
	q := &qualityQuery{staging: s, shape: shape, relation: r, columns: map[string]tableColumn{}}
	var lookups []string
	for _, column := range sortedKeys(r.Columns) {
		at, missing := r.locate(shape, []string{column})
		switch {
		case missing != "" || at[column].absent:
		case at[column].lookup != nil:
			lookups = append(lookups, column)
			q.addLookup(column, at[column])
		default:
			q.columns[column] = at[column].source
		}
	}
	for _, column := range sortedKeys(q.columns) {
		q.add(column)
	}
	q.addRows(lookups)
	table := shape.tables[r.Table]
	return q.sql(table), q.checks, table.oid
}

// qualityQuery gathers what is counted over one relation.
type qualityQuery struct {
	staging            *Staging
	shape              *Schema
	relation           *relation
	columns            map[string]tableColumn
	raw, events, joins []string
	checks             []qualityCheck
	rows               string
}

func (q *qualityQuery) check(about, condition string) {
	q.checks = append(q.checks, qualityCheck{name: q.relation.name + about, sql: condition})
}

// add counts what can be wrong with one column.
func (q *qualityQuery) add(column string) {
	definition, source := q.relation.Columns[column], q.columns[column]
	q.raw = append(q.raw, q.staging.expression(definition, locatedColumn{source: source})+" as "+column)
	if unknown := faultOfColumn(definition, source); unknown != "" {
		q.raw = append(q.raw, "nullif(btrim("+source.name+"::text), '') as "+column+"_text")
		q.check("."+column+" "+unknown, column+"_text is not null and "+column+" is null")
	}
	switch definition.As {
	case "codes":
		q.check("."+column+" unmapped", "'unknown' = any("+column+")")
	case "json_flag":
		q.raw = append(q.raw, "nullif(btrim("+source.name+"::text), '') as "+column+"_text")
		q.check("."+column+" unreadable", withoutJSONFlags(definition.Keys, column+"_text"))
	}
	if definition.Event {
		q.events = append(q.events, "max(case when "+column+" <= $1::date and "+column+" > date '1900-01-02' then "+column+" end)")
		q.check("."+column+" in the future", column+" > $1::date and "+column+" < date '2100-01-01'")
	}
	if _, known := q.columns[definition.NotBefore]; known {
		q.check("."+column+" before "+definition.NotBefore, column+" < "+definition.NotBefore+" and "+column+" > date '1900-01-02'")
	}
	q.addOrphans(column, q.staging.referencedKeys(q.shape, definition), definition.Hashed)
}

// addLookup counts the rows whose way to another relation ends nowhere.
func (q *qualityQuery) addLookup(column string, at locatedColumn) {
	q.raw = append(q.raw, q.staging.expression(q.relation.Columns[column], locatedColumn{source: at.source})+" as "+column)
	q.addOrphans(column, q.staging.relationKeys(q.shape, at.lookup.Relation, at.lookup.On), false)
}

// addOrphans counts the rows whose id is not among the keys. A sheet that hides its
// ids in a way of its own is counted too, but is no sign of a refresh.
func (q *qualityQuery) addOrphans(column, keys string, hashed bool) {
	if keys == "" {
		return
	}
	owner, id, orphanOf := column+"_owner", q.relation.name+"."+column, column
	if hashed {
		id, orphanOf = "lower("+id+")", ""
	}
	q.joins = append(q.joins, "left join ("+keys+") as "+owner+" on "+owner+".key = "+id)
	q.checks = append(q.checks, qualityCheck{name: q.relation.name + "." + column + " orphaned", orphanOf: orphanOf,
		sql: column + " is not null and " + owner + ".key is null"})
}

// addRows counts the rows there are. One without any id is a placeholder: some
// builds leave one in a table that they do not fill.
func (q *qualityQuery) addRows(lookups []string) {
	r, ids := q.relation, slices.Clone(lookups)
	for _, column := range sortedKeys(q.columns) {
		if r.Columns[column].As == "id" {
			ids = append(ids, column)
		}
	}
	q.rows = "count(*)"
	if len(ids) > 0 {
		q.rows += " filter (where num_nonnulls(" + strings.Join(ids, ", ") + ") > 0)"
		q.check(" without any id", "num_nonnulls("+strings.Join(ids, ", ")+") = 0")
	}
	if q.columns["starts"].name != "" && q.columns["ends"].name != "" && r.Columns["ends"].As == "date" {
		q.check(" ended before started", "ends < starts and ends > date '1900-01-02'")
	}
	if q.columns[r.Unique].name != "" {
		q.check("."+r.Unique+" repeated", r.Unique+" is not null and "+r.Unique+"_nth > 1")
		q.raw = append(q.raw, "row_number() over (partition by "+
			q.staging.expression(r.Columns[r.Unique], locatedColumn{source: q.columns[r.Unique]})+") as "+r.Unique+"_nth")
	}
}

// faultOfColumn names the fault of a filled column that staging can make nothing
// of, where there can be one.
func faultOfColumn(definition column, source tableColumn) string {
	switch {
	case definition.As == "code", definition.As == "flag":
		return "unmapped"
	case definition.As == "number" && !isNumber(source.kind):
		return "unreadable"
	case slices.Contains([]string{"date", "month", "timestamp"}, definition.As) && !isTime(source.kind):
		return "unreadable"
	}
	return ""
}

// referencedKeys selects what a column's reference should find, once each, so that a join
// with them multiplies no row.
func (s *Staging) referencedKeys(shape *Schema, definition column) string {
	if definition.RefersTo == "" {
		return ""
	}
	keys := s.relationKeys(shape, definition.RefersTo, definition.RefersTo+"_id")
	if keys == "" || !definition.Hashed {
		return keys
	}
	return "with known as (" + keys + ") select lower(key) as key from known union select md5(key) from known" +
		" union select encode(sha256(convert_to(key, 'UTF8')), 'hex') from known"
}

func (s *Staging) relationKeys(shape *Schema, name, id string) string {
	r := s.relations[name]
	if r == nil || r.override || shape.tables[r.Table] == nil {
		return ""
	}
	definition, known := r.Columns[id]
	if !known || definition.As != "id" || id == name+"_id" && definition.RefersTo != "" {
		return ""
	}
	found, missing := r.locate(shape, []string{id})
	if missing != "" || found[id].absent {
		return ""
	}
	return "select distinct " + s.expression(definition, found[id]) + " as key from " + shape.tables[r.Table].name
}

func (q *qualityQuery) sql(table *table) string {
	newest := "null::date"
	if len(q.events) > 0 {
		newest = "greatest(" + strings.Join(q.events, ", ") + ")"
	}
	counted := []string{q.rows, newest}
	for _, check := range q.checks {
		counted = append(counted, "count(*) filter (where "+check.sql+")")
	}
	if len(q.raw) == 0 {
		q.raw = []string{"true as present"}
	}
	return fmt.Sprintf("select %s\nfrom (\n    select %s\n    from %s\n) as %s\n%s\nwhere $1::date is not null",
		strings.Join(counted, ",\n       "), strings.Join(q.raw, ",\n           "), table.name, q.relation.name, strings.Join(q.joins, "\n"))
}
