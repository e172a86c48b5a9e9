package staging

import (
	"context"
	"database/sql"
	_ "embed"
	"fmt"
	"reflect"
	"strings"

	"github.com/jmoiron/sqlx"

	"childrens-services-exporter/exporter/postgres"
)

//go:embed schema.sql
var schemaQuery string

// Schema is what a login can read in a database: tables and views with the columns
// that it holds a right to. Names are in lower case and without the council's prefix.
type Schema struct {
	tables map[string]*Table
}

// Table is a table or view of a council's database.
type Table struct {
	OID uint32
	// Name is quoted and qualified with the schema.
	Name string
	// AmbiguousWith is another table of the same name that may be the one meant, if any.
	AmbiguousWith string

	schema       string
	onSearchPath bool
	columns      map[string]tableColumn
	// unreadable are columns that exist but may not be read.
	unreadable map[string]bool
}

type tableColumn struct {
	name     string // quoted
	dataType string // base type name, as in timestamp, varchar
}

// Introspect reads the schema of a database. Schema restricts it to one schema;
// prefix is what a council put before the standard table names. Without a schema,
// the search path decides; a name that occurs more than once where nothing decides
// is ambiguous, since one of the tables may be an old copy.
func Introspect(ctx context.Context, db sqlx.QueryerContext, schema, prefix string) (*Schema, error) {
	rows, err := db.QueryxContext(ctx, schemaQuery, schema)
	if err != nil {
		return nil, fmt.Errorf("cannot list tables: %w", err)
	}
	defer func() { _ = rows.Close() }()
	result := &Schema{tables: map[string]*Table{}}
	for rows.Next() {
		var oid uint32
		var namespace, class, attribute, dataType string
		var readable sql.NullBool
		var onSearchPath bool
		if err := rows.Scan(&oid, &namespace, &class, &attribute, &dataType, &readable, &onSearchPath); err != nil {
			return nil, fmt.Errorf("cannot list tables: %w", err)
		}
		name, standard := strings.CutPrefix(strings.ToLower(class), strings.ToLower(prefix))
		if !standard || !readable.Valid {
			continue
		}
		candidate := Table{
			OID: oid, Name: postgres.QuoteIdentifier(namespace) + "." + postgres.QuoteIdentifier(class),
			schema: namespace, onSearchPath: onSearchPath,
		}
		if table := result.table(name, candidate, readable.Bool); table != nil {
			table.add(attribute, dataType, readable.Bool)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("cannot list tables: %w", err)
	}
	return result, nil
}

// table gives the table that a candidate is, or nil where another table has its name.
func (s *Schema) table(name string, candidate Table, readable bool) *Table {
	existing := s.tables[name]
	switch {
	case existing == nil:
		existing = &candidate
		existing.columns, existing.unreadable = map[string]tableColumn{}, map[string]bool{}
		s.tables[name] = existing
	case existing.OID != candidate.OID:
		if readable && (existing.schema == candidate.schema || !existing.onSearchPath) {
			existing.AmbiguousWith = candidate.Name
		}
		return nil
	}
	return existing
}

func (t *Table) add(column, dataType string, readable bool) {
	name := strings.ToLower(column)
	if readable {
		t.columns[name] = tableColumn{postgres.QuoteIdentifier(column), dataType}
	} else {
		t.unreadable[name] = true
	}
}

// Table finds a table by its standard name; nil if there is none.
func (s *Schema) Table(name string) *Table { return s.tables[name] }

// Equal reports whether two schemas have the same tables, columns and rights.
func (s *Schema) Equal(other *Schema) bool { return reflect.DeepEqual(s, other) }

// Column gives the quoted name of a column that may be read.
func (t *Table) Column(name string) (quoted string, ok bool) {
	column, ok := t.columns[name]
	return column.name, ok
}

// firstColumn finds the first of several names that a column has had.
func (t *Table) firstColumn(names []string) (tableColumn, bool) {
	for _, name := range names {
		if column, ok := t.columns[name]; ok {
			return column, true
		}
	}
	return tableColumn{}, false
}
