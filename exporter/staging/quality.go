package staging

import (
	"context"
	"database/sql"
	_ "embed"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"childrens-services-exporter/exporter/guard"
)

// qualityCheck is one condition counted over a relation.
type qualityCheck struct {
	name, orphanOf, sql string
	// codes is the column of codes whose filled or unknown words are counted.
	codes    string
	isFilled bool
	// add takes the count to the statistics, where the guard needs it by itself.
	add func(stats *guard.TableStats, count int64)
}

// CountTable counts the rows of a relation and what is wrong with them, in one
// statement. Today is the civil date after which an event lies in the future.
func (s *Staging) CountTable(ctx context.Context, db sqlx.QueryerContext, schema *Schema, name string, today time.Time) (guard.TableStats, error) {
	stats := guard.TableStats{
		Relation: name, MayBeEmpty: s.relations[name].MayBeEmpty, Orphans: map[string]int64{}, Checks: map[string]int64{},
		Codes: map[string]guard.CodeCount{},
	}
	statement, checks, oid := s.qualityStatement(schema, name)
	var newest sql.NullTime
	counts := make([]int64, len(checks))
	var activity int64
	into := []any{&stats.Rows, &newest, &activity}
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
		if check.codes != "" {
			count := stats.Codes[check.codes]
			if check.isFilled {
				count.Filled = counts[i]
			} else {
				count.Unmapped = counts[i]
			}
			stats.Codes[check.codes] = count
		}
		if check.add != nil {
			check.add(&stats, counts[i])
		}
		if check.name != "" && !check.isFilled {
			stats.Checks[check.name] = counts[i]
		}
	}
	stats.Activity = uint64(activity)
	if oid == 0 {
		return stats, nil
	}
	var err error
	if stats.Filenode, err = Filenode(ctx, db, oid); err != nil {
		return stats, fmt.Errorf("cannot read the filenode of %s: %w", name, err)
	}
	return stats, nil
}

//go:embed filenodes.sql
var filenodesQuery string

// Filenode gives a number that changes when the table, one of its partitions or a
// table beneath a view is truncated or recreated; 0 where there is no such table.
func Filenode(ctx context.Context, db sqlx.QueryerContext, oid uint32) (uint32, error) {
	var filenodes pq.Int64Array
	if err := db.QueryRowxContext(ctx, filenodesQuery, oid).Scan(&filenodes); err != nil {
		return 0, err
	}
	if len(filenodes) == 1 {
		return uint32(filenodes[0]), nil
	}
	hash := fnv.New32a()
	for _, filenode := range filenodes {
		_ = binary.Write(hash, binary.BigEndian, filenode)
	}
	if len(filenodes) == 0 {
		return 0, nil
	}
	return hash.Sum32(), nil
}

func (s *Staging) qualityStatement(schema *Schema, name string) (statement string, checks []qualityCheck, oid uint32) {
	r := s.relations[name]
	if r.override {
		return "select count(*), null::date, 0::bigint from (\n" + r.sql + "\n) as own where $1::date is not null", nil, 0
	}
	q := &qualityQuery{staging: s, schema: schema, relation: r, columns: map[string]tableColumn{}}
	var lookups []string
	for _, name := range slices.Sorted(maps.Keys(r.Columns)) {
		switch column, ok := r.locateOne(schema, name); {
		case !ok:
		case column.lookup != nil:
			lookups = append(lookups, name)
			q.addLookup(name, column)
		default:
			q.columns[name] = column.source
		}
	}
	for _, name := range slices.Sorted(maps.Keys(q.columns)) {
		q.add(name)
	}
	q.addRows(lookups)
	table := schema.tables[r.Table]
	return q.sql(table), q.checks, table.OID
}

// qualityQuery gathers what is counted over one relation.
type qualityQuery struct {
	staging            *Staging
	schema             *Schema
	relation           *relation
	columns            map[string]tableColumn
	raw, events, joins []string
	activity           []string
	checks             []qualityCheck
	rows               string
}

// count adds a count for the guard alone.
func (q *qualityQuery) count(condition string, add func(*guard.TableStats, int64)) {
	q.checks = append(q.checks, qualityCheck{sql: condition, add: add})
}

// countDates counts how far a column of dates is filled.
func (q *qualityQuery) countDates(name string, c column, source tableColumn) {
	date := guard.DateColumn{Name: name, Required: c.Event && !c.Optional}
	at := -1
	q.count(name+" between date '1900-01-03' and date '2099-12-31'", func(stats *guard.TableStats, count int64) {
		date.Dates, at = count, len(stats.Dates)
		stats.Dates = append(stats.Dates, date)
	})
	if faultOfColumn(c, source) != "" {
		q.count(name+"_text is not null and "+name+" is null", func(stats *guard.TableStats, count int64) { stats.Dates[at].Unreadable = count })
	}
}

func (q *qualityQuery) check(about, condition string) {
	q.checks = append(q.checks, qualityCheck{name: q.relation.name + about, sql: condition})
}

// countCodes counts the filled rows of a column of codes beside the unknown words that were counted last.
func (q *qualityQuery) countCodes(name, filled string) {
	q.checks[len(q.checks)-1].codes = name
	q.checks = append(q.checks, qualityCheck{codes: name, isFilled: true, sql: filled})
}

// add counts what can be wrong with one column.
func (q *qualityQuery) add(name string) {
	c, source := q.relation.Columns[name], q.columns[name]
	q.raw = append(q.raw, q.staging.columnSQL(c, locatedColumn{source: source})+" as "+name)
	if fault := faultOfColumn(c, source); fault != "" {
		q.raw = append(q.raw, "nullif(btrim("+source.name+"::text), '') as "+name+"_text")
		q.check("."+name+" "+fault, name+"_text is not null and "+name+" is null")
		if fault == unmappedFault {
			q.countCodes(name, name+"_text is not null")
		}
	}
	switch c.As {
	case "codes":
		q.check("."+name+" unmapped", "'unknown' = any("+name+")")
		q.countCodes(name, "cardinality("+name+") > 0")
	case "json_flag":
		q.raw = append(q.raw, "nullif(btrim("+source.name+"::text), '') as "+name+"_text")
		q.check("."+name+" unreadable", withoutJSONFlags(c.Keys, name+"_text"))
	}
	if _, known := q.columns[c.Estimates]; known {
		q.check("."+name+" in the past", c.Estimates+" is null and "+name+" <= $1::date and "+name+" > date '1900-01-02'")
	}
	if c.As == "date" && (c.Event || isEnd(name)) {
		q.countDates(name, c, source)
	}
	if isEnd(name) && c.As == "date" {
		q.count(name+" is null or "+name+" >= date '2099-12-31'", func(stats *guard.TableStats, count int64) { stats.Open, stats.HasEnd = count, true })
	}
	if c.Event {
		q.activity = append(q.activity, "coalesce(bit_or(case when "+name+" <= $1::date and "+name+" > $1::date - 868 then 1::bigint << (($1::date - "+name+") / 14) end), 0)")
		q.count(name+" > $1::date and "+name+" < date '2100-01-01'", func(stats *guard.TableStats, count int64) { stats.Future = max(stats.Future, count) })
		q.events = append(q.events, "max(case when "+name+" <= $1::date and "+name+" > date '1900-01-02' then "+name+" end)")
		q.check("."+name+" in the future", name+" > $1::date and "+name+" < date '2100-01-01'")
	}
	if _, known := q.columns[c.NotBefore]; known {
		q.check("."+name+" before "+c.NotBefore, name+" < "+c.NotBefore+" and "+name+" > date '1900-01-02'")
	}
	q.addOrphans(name, q.staging.referencedKeys(q.schema, c), c.Hashed)
}

// addLookup counts the rows whose id for a lookup has no row in the other relation.
func (q *qualityQuery) addLookup(name string, at locatedColumn) {
	q.raw = append(q.raw, q.staging.columnSQL(q.relation.Columns[name], locatedColumn{source: at.source})+" as "+name)
	q.addOrphans(name, q.staging.relationKeys(q.schema, at.lookup.Relation, at.lookup.On), false)
}

// addOrphans counts the rows whose id is not among the keys. A sheet that hashes its
// ids in a way of its own is counted too, but is no sign of a refresh.
func (q *qualityQuery) addOrphans(name, keys string, hashed bool) {
	if keys == "" {
		return
	}
	owner, id, orphanOf := name+"_owner", q.relation.name+"."+name, name
	if hashed {
		id, orphanOf = "lower("+id+")", ""
	}
	q.joins = append(q.joins, "left join ("+keys+") as "+owner+" on "+owner+".key = "+id)
	q.checks = append(q.checks, qualityCheck{name: q.relation.name + "." + name + " orphaned", orphanOf: orphanOf,
		sql: name + " is not null and " + owner + ".key is null"})
}

// addRows counts the rows there are. A row without any id is a placeholder: some
// builds leave one in a table that they do not fill.
func (q *qualityQuery) addRows(lookups []string) {
	r, ids := q.relation, slices.Clone(lookups)
	for _, name := range slices.Sorted(maps.Keys(q.columns)) {
		if r.Columns[name].As == "id" {
			ids = append(ids, name)
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
		repeated := r.Unique + " is not null and " + r.Unique + "_nth > 1"
		q.check("."+r.Unique+" repeated", repeated)
		q.count(repeated, func(stats *guard.TableStats, count int64) { stats.Repeated = count })
		q.raw = append(q.raw, "row_number() over (partition by "+
			q.staging.columnSQL(r.Columns[r.Unique], locatedColumn{source: q.columns[r.Unique]})+") as "+r.Unique+"_nth")
	}
}

// unmappedFault is a word of no code.
const unmappedFault = "unmapped"

// isEnd reports whether a column is the date on which the row's case ends.
func isEnd(name string) bool { return slices.Contains([]string{"ends", "ceased", "closed"}, name) }

// faultOfColumn names the fault of a column that is filled and yet NULL in staging,
// where that can be.
func faultOfColumn(c column, source tableColumn) string {
	switch {
	case c.As == "code", c.As == "flag":
		return unmappedFault
	case c.As == "number" && !isNumber(source.dataType):
		return "unreadable"
	case slices.Contains([]string{"date", "month", "timestamp"}, c.As) && !isTime(source.dataType):
		return "unreadable"
	}
	return ""
}

// referencedKeys selects the ids that a column's reference should match, each once,
// so that a join with them multiplies no row.
func (s *Staging) referencedKeys(schema *Schema, c column) string {
	if c.RefersTo == "" {
		return ""
	}
	keys := s.relationKeys(schema, c.RefersTo, c.RefersTo+"_id")
	if keys == "" || !c.Hashed {
		return keys
	}
	return "with plain as (" + keys + ") select lower(key) as key from plain union select md5(key) from plain" +
		" union select encode(sha256(convert_to(key, 'UTF8')), 'hex') from plain"
}

func (s *Staging) relationKeys(schema *Schema, name, id string) string {
	r := s.relations[name]
	if r == nil || r.override || schema.tables[r.Table] == nil {
		return ""
	}
	c, known := r.Columns[id]
	if !known || c.As != "id" || id == name+"_id" && c.RefersTo != "" {
		return ""
	}
	located, ok := r.locateOne(schema, id)
	if !ok {
		return ""
	}
	return "select distinct " + s.columnSQL(c, located) + " as key from " + schema.tables[r.Table].Name
}

func (q *qualityQuery) sql(table *Table) string {
	newest := "null::date"
	if len(q.events) > 0 {
		newest = "greatest(" + strings.Join(q.events, ", ") + ")"
	}
	activity := "0::bigint"
	if len(q.activity) > 0 {
		activity = strings.Join(q.activity, " | ")
	}
	counted := []string{q.rows, newest, activity}
	for _, check := range q.checks {
		counted = append(counted, "count(*) filter (where "+check.sql+")")
	}
	if len(q.raw) == 0 {
		q.raw = []string{"true as present"}
	}
	return fmt.Sprintf("select %s\nfrom (\n    select %s\n    from %s\n) as %s\n%s\nwhere $1::date is not null",
		strings.Join(counted, ",\n       "), strings.Join(q.raw, ",\n           "), table.Name, q.relation.name, strings.Join(q.joins, "\n"))
}
