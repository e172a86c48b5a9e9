package source

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/jmoiron/sqlx"
)

// Schema is what a login can read in a database: tables and views with the
// columns it holds a right to. Names are in lower case.
type Schema struct {
	tables map[string]*table
}

type table struct {
	oid     uint32
	schema  string
	name    string // quoted and qualified
	columns map[string]tableColumn
	// unreadable are columns that exist but may not be read.
	unreadable map[string]bool
	onPath     bool
	// ambiguousWith is another table of the same name that might as well be meant.
	ambiguousWith string
}

type tableColumn struct {
	name string // quoted
	kind string // base type name, as in timestamp, varchar
}

// information_schema hides what the role may not read, which would make a
// missing right look like a missing table; the catalogue tells them apart.
const schemaQuery = `
-- A row is a column of a table, view or foreign table outside the system schemas; readable is null where the table was
-- dropped since the snapshot.
select class.oid,
       namespace.nspname,
       class.relname,
       attribute.attname,
       case when type.typtype = 'd' then base.typname else type.typname end as kind,
       has_schema_privilege(namespace.oid, 'usage')
           and has_column_privilege(class.oid, attribute.attnum, 'select')  as readable,
       array_position(current_schemas(false), namespace.nspname) is not null as on_path
from pg_class class
join pg_namespace namespace on namespace.oid = class.relnamespace
join pg_attribute attribute on attribute.attrelid = class.oid and attribute.attnum > 0 and not attribute.attisdropped
join pg_type type           on type.oid = attribute.atttypid
left join pg_type base      on base.oid = type.typbasetype
where class.relkind in ('r', 'p', 'v', 'm', 'f')
  and namespace.nspname not in ('pg_catalog', 'information_schema')
  and namespace.nspname not like 'pg\_t%'
  and ($1 = '' or lower(namespace.nspname) = lower($1))
order by array_position(current_schemas(false), namespace.nspname) nulls last,
         namespace.nspname, class.relname, attribute.attnum`

// Introspect reads the shape of a database. Schema restricts it to one schema;
// prefix is what a council put before the standard table names. Without a
// schema, the search path decides; a name that occurs more than once where
// nothing decides is missing, since one of them may be a stale copy.
func Introspect(ctx context.Context, db sqlx.QueryerContext, schema, prefix string) (*Schema, error) {
	rows, err := db.QueryxContext(ctx, schemaQuery, schema)
	if err != nil {
		return nil, fmt.Errorf("cannot list tables: %w", err)
	}
	defer func() { _ = rows.Close() }()
	result := &Schema{tables: map[string]*table{}}
	for rows.Next() {
		var oid uint32
		var namespace, class, attribute, kind string
		var readable sql.NullBool
		var onPath bool
		if err := rows.Scan(&oid, &namespace, &class, &attribute, &kind, &readable, &onPath); err != nil {
			return nil, fmt.Errorf("cannot list tables: %w", err)
		}
		name, standard := strings.CutPrefix(strings.ToLower(class), strings.ToLower(prefix))
		if !standard || !readable.Valid {
			continue
		}
		candidate := table{oid: oid, schema: namespace, name: quoteIdentifier(namespace) + "." + quoteIdentifier(class), onPath: onPath}
		result.add(name, candidate, attribute, kind, readable.Bool)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("cannot list tables: %w", err)
	}
	return result, nil
}

func (s *Schema) add(name string, candidate table, attribute, kind string, readable bool) {
	existing := s.tables[name]
	if existing == nil {
		existing = &candidate
		existing.columns, existing.unreadable = map[string]tableColumn{}, map[string]bool{}
		s.tables[name] = existing
	}
	if existing.oid != candidate.oid {
		if readable && (existing.schema == candidate.schema || !existing.onPath) {
			existing.ambiguousWith = candidate.name
		}
		return
	}
	lower := strings.ToLower(attribute)
	if readable {
		existing.columns[lower] = tableColumn{quoteIdentifier(attribute), kind}
	} else {
		existing.unreadable[lower] = true
	}
}

func quoteIdentifier(identifier string) string {
	return `"` + strings.ReplaceAll(identifier, `"`, `""`) + `"`
}
