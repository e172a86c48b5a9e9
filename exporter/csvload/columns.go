package csvload

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"childrens-services-exporter/exporter/csvload/schema"
)

// target is where a field of the file goes.
type target struct {
	column    schema.Column // without a name for a field that is not loaded
	check     check
	required  bool
	takesNone bool
	ends      bool // a row whose value is refused would be taken for open
}

// plan settles which field goes into which column. A table that exists is taken as it is: its own columns and types count,
// whoever made it.
func (e *extract) plan(ctx context.Context, db *sqlx.DB) error {
	existing, err := e.readColumns(ctx, db)
	if err != nil {
		return err
	}
	columns := e.mergeColumns(existing)
	if err := e.matchHeader(columns); err != nil {
		return err
	}
	e.created = existing == nil
	for _, column := range e.table.Columns {
		if !e.created && !hasColumn(existing, column.Name) && slices.Contains(e.columns, column.Name) {
			e.newColumns = append(e.newColumns, column)
		}
	}
	return nil
}

const inspectQuery = `
-- A row is a column that can be written to, of one table.
select class.relkind,
       class.oid::regclass::text                                     as qualified,
       attribute.attname,
       format_type(attribute.atttypid, attribute.atttypmod)          as type,
       attribute.attnotnull,
       attribute.atthasdef or attribute.attidentity <> ''            as has_default
from pg_class class
join pg_attribute attribute on attribute.attrelid = class.oid
                           and attribute.attnum > 0
                           and not attribute.attisdropped
                           and attribute.attgenerated = ''
                           and attribute.attidentity <> 'a'
where class.oid = to_regclass($1)
order by attribute.attnum`

// readColumns returns the columns of the table as it stands, nil when there is none.
func (e *extract) readColumns(ctx context.Context, db *sqlx.DB) ([]schema.Column, error) {
	e.qualified = pq.QuoteIdentifier(e.table.Name)
	var rows []struct {
		Kind       string `db:"relkind"`
		Qualified  string `db:"qualified"`
		Name       string `db:"attname"`
		Type       string `db:"type"`
		NotNull    bool   `db:"attnotnull"`
		HasDefault bool   `db:"has_default"`
	}
	if err := db.SelectContext(ctx, &rows, inspectQuery, e.qualified); err != nil {
		return nil, newDatabaseError("look up table "+e.table.Name, err)
	}
	var columns []schema.Column
	for _, f := range rows {
		if f.Kind != "r" && f.Kind != "p" {
			return nil, fmt.Errorf("%s: the warehouse has no table but a view of this name: load into the tables beneath it", e.table.Name)
		}
		e.qualified = f.Qualified
		column := schema.Column{Name: f.Name, Type: f.Type, NotNull: f.NotNull}
		if f.HasDefault {
			column.Default = "of the table"
		}
		columns = append(columns, column)
	}
	return columns, nil
}

// mergeColumns is the description, corrected by the table: a column that both have is as the table has it, but stays required
// if the description requires it.
func (e *extract) mergeColumns(existing []schema.Column) []schema.Column {
	var merged []schema.Column
	for _, described := range e.table.Columns {
		for _, column := range existing {
			if column.Name == described.Name {
				column.NotNull = column.NotNull || described.NotNull
				column.Also = described.Also
				described = column
				break
			}
		}
		merged = append(merged, described)
	}
	for _, column := range existing {
		if !hasColumn(merged, column.Name) {
			merged = append(merged, column)
		}
	}
	return merged
}

// matchHeader gives every field its column. The required columns come first: only a header that has them is a header, and
// may be quoted.
func (e *extract) matchHeader(columns []schema.Column) error {
	fields := map[string]int{} // by column
	for _, column := range columns {
		at := slices.Index(e.header, column.Name)
		for _, other := range column.Also {
			if at < 0 && !hasColumn(columns, other) {
				at = slices.Index(e.header, other)
			}
		}
		switch {
		case at >= 0:
			fields[column.Name] = at
		case column.Default != "":
		case column.NotNull:
			return problemList{fmt.Sprintf("%s, line 1: the header has no column %s: add it, or take the file away to leave the table as it is",
				e.name, column.Name)}.err()
		default:
			e.absent = append(e.absent, column.Name)
		}
	}
	for i, name := range e.header {
		if first := slices.Index(e.header, name); first < i && fields[name] == first && hasColumn(columns, name) {
			return problemList{fmt.Sprintf("%s, line 1: fields %d and %d of the header are both called %q: rename or remove one",
				e.name, first+1, i+1, name)}.err()
		}
	}
	e.targets = make([]target, len(e.header))
	for _, column := range columns {
		at, ok := fields[column.Name]
		if !ok {
			continue
		}
		check, ok := checkFor(column.Type, dateReading{})
		if !ok {
			return fmt.Errorf("%s: column %s has the type %s, which is not supported: change it to varchar, or leave the column out",
				e.table.Name, column.Name, column.Type)
		}
		e.targets[at] = target{column, check, column.NotNull, column.TakesNone(), column.EndsWhatItDates()}
	}
	for i, t := range e.targets {
		if t.column.Name == "" {
			// Never by its name: where a header is missing, the first row stands in its place.
			e.unknown = append(e.unknown, i+1)
			continue
		}
		e.columns = append(e.columns, t.column.Name)
	}
	return nil
}

// createTable makes a table of the columns that the file brings. A column without data is better missing than empty: an
// indicator over a missing column is switched off, over an empty one it would be wrong.
func (e *extract) createTable(ctx context.Context, tx *sqlx.Tx) error {
	var columns []string
	for _, column := range e.table.Columns {
		if column.Default != "" || slices.Contains(e.columns, column.Name) {
			columns = append(columns, columnDefinition(column))
		}
	}
	if _, err := tx.ExecContext(ctx, "create table "+e.qualified+" ("+strings.Join(columns, ", ")+")"); err != nil {
		return newDatabaseError("create table "+e.table.Name, err)
	}
	return nil
}

// addColumns adds the columns that this file is the first to bring. The table is empty by now.
func (e *extract) addColumns(ctx context.Context, tx *sqlx.Tx) error {
	for _, column := range e.newColumns {
		if _, err := tx.ExecContext(ctx, "alter table "+e.qualified+" add column "+columnDefinition(column)); err != nil {
			return newDatabaseError("add column "+column.Name+" to table "+e.table.Name, err)
		}
	}
	return nil
}

func columnDefinition(c schema.Column) string {
	text := pq.QuoteIdentifier(c.Name) + " " + c.Type
	if c.NotNull {
		text += " not null"
	}
	if c.Default != "" {
		text += " default " + c.Default
	}
	return text
}

func hasColumn(columns []schema.Column, name string) bool {
	return slices.ContainsFunc(columns, func(c schema.Column) bool { return c.Name == name })
}
