package schema_test

import (
	"database/sql"
	"fmt"
	"log"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"childrens-services-exporter/exporter/csvload/schema"
	"childrens-services-exporter/internal/temppg/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

var groups = []string{"social_care", "education", "local"}

func open(t *testing.T, url string) *sql.DB {
	t.Helper()
	db, err := sql.Open("postgres", url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// create runs every group's DDL in one database.
func create(t *testing.T, db *sql.DB) {
	t.Helper()
	for _, group := range groups {
		ddl, err := schema.DDL(group)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.ExecContext(t.Context(), ddl); err != nil {
			t.Fatalf("%s: %v", group, err)
		}
	}
}

const catalogueQuery = `
-- A row is a column as PostgreSQL has it, its type spelt as in the DDL.
select class.relname,
       attribute.attname,
       replace(replace(replace(format_type(attribute.atttypid, attribute.atttypmod),
           'character varying', 'varchar'), 'character(', 'char('), 'timestamp without time zone', 'timestamp') as type,
       attribute.attnotnull,
       coalesce(lower(pg_get_expr(ad.adbin, ad.adrelid)), '') as standard
from pg_class class
join pg_attribute attribute on attribute.attrelid = class.oid and attribute.attnum > 0
left join pg_attrdef ad     on ad.adrelid = class.oid and ad.adnum = attribute.attnum
where class.relnamespace = 'public'::regnamespace
order by class.oid, attribute.attnum`

func TestDescriptionEqualsThePostgreSQLCatalogue(t *testing.T) {
	db := open(t, pgtest.Database(t))
	create(t, db)
	rows, err := db.QueryContext(t.Context(), catalogueQuery)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var tables []schema.Table
	for rows.Next() {
		var name string
		var c schema.Column
		if err := rows.Scan(&name, &c.Name, &c.Type, &c.NotNull, &c.Default); err != nil {
			t.Fatal(err)
		}
		if len(tables) == 0 || tables[len(tables)-1].Name != name {
			tables = append(tables, schema.Table{Name: name})
		}
		last := &tables[len(tables)-1]
		last.Columns = append(last.Columns, c)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}

	var described []schema.Table
	for _, group := range groups {
		tables, err := schema.Tables(group)
		if err != nil {
			t.Fatal(err)
		}
		for _, table := range tables {
			table.Row = ""
			for i := range table.Columns {
				table.Columns[i].Also = nil
			}
			described = append(described, table)
		}
	}
	if diff := cmp.Diff(tables, described); diff != "" {
		t.Errorf("described tables (-PostgreSQL +ours):\n%s", diff)
	}
}

func TestEveryTableRequiresAnIdentifier(t *testing.T) {
	count := map[string]int{}
	for _, group := range groups {
		tables, err := schema.Tables(group)
		if err != nil {
			t.Fatal(err)
		}
		count[group] = len(tables)
		for _, table := range tables {
			if !table.Columns[0].NotNull {
				t.Errorf("%s: the first column may be null, so a file without a header would go unnoticed", table.Name)
			}
			if group == "social_care" && !strings.HasPrefix(table.Name, "ssd_") {
				t.Errorf("%s is no SSD table", table.Name)
			}
		}
	}
	if diff := cmp.Diff(map[string]int{"social_care": 49, "education": 19, "local": 17}, count); diff != "" {
		t.Errorf("tables (-want +got):\n%s", diff)
	}
}

func TestUnknownGroup(t *testing.T) {
	_, err := schema.Tables("housing")
	if want := `no tables called "housing": choose social_care, education or local`; err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
}

func ExampleTables() {
	tables, err := schema.Tables("social_care")
	if err != nil {
		log.Fatal(err)
	}
	for _, table := range tables {
		if table.Name == "ssd_cp_plans" {
			fmt.Println("A row is", table.Row)
			fmt.Println(table.Columns[0].Name, table.Columns[0].Type)
		}
	}
	// Output:
	// A row is a child protection plan of one child
	// cppl_cp_plan_id varchar(48)
}
