package csvload_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"childrens-services-exporter/exporter/csvload"
	"childrens-services-exporter/exporter/csvload/schema"
)

const columnsQuery = `
-- A row is a column of the table visit.
select attname || ' ' || format_type(atttypid, atttypmod)
from pg_attribute
where attrelid = 'visit'::regclass and attnum > 0
order by attnum`

// A column without data is missing rather than empty, until a file brings it.
func TestLoadAddsColumnsOfTheFile(t *testing.T) {
	db := newDatabase(t)
	got := load(t, db, "visit_id,due\nv1,2026-05-01\n")
	want := []string{"person_id", "seen_at", "seen", "rank", "miles", "flag", "remark"}
	if diff := cmp.Diff(want, got.Absent); diff != "" {
		t.Errorf("absent (-want +got):\n%s", diff)
	}
	made := []string{"visit_id character varying(8)", "due date", "loaded_at timestamp without time zone"}
	if diff := cmp.Diff(made, contents(t, db, columnsQuery)); diff != "" {
		t.Errorf("columns (-want +got):\n%s", diff)
	}

	got = load(t, db, "visit_id,due,seen\nv1,2026-05-01,Y\n")
	if diff := cmp.Diff([]string{"seen"}, got.Added); diff != "" || got.Created {
		t.Errorf("added (-want +got), created %v:\n%s", got.Created, diff)
	}
	if diff := cmp.Diff(append(made, "seen boolean"), contents(t, db, columnsQuery)); diff != "" {
		t.Errorf("columns (-want +got):\n%s", diff)
	}
}

func TestLoadIgnoresUnknownColumns(t *testing.T) {
	db := newDatabase(t)
	got := load(t, db, "colour,visit_id,,Shoe Size\nred,v1,x,\n")
	if diff := cmp.Diff([]int{1, 3, 4}, got.Unknown); diff != "" {
		t.Errorf("unknown (-want +got):\n%s", diff)
	}
}

func TestLoadMatchesColumnAliases(t *testing.T) {
	db := newDatabase(t)
	got := load(t, db, "visit_id,Child_ID\nv1,p1\n")
	if len(got.Unknown) > 0 {
		t.Errorf("unknown %v, want none", got.Unknown)
	}
	if diff := cmp.Diff([]string{"p1"}, contents(t, db, "select person_id from visit")); diff != "" {
		t.Errorf("person (-want +got):\n%s", diff)
	}
}

// A council may have made the tables from another build; then its own types and names are what counts.
func TestLoadUsesTheTypesOfAnExistingTable(t *testing.T) {
	db := newDatabase(t)
	db.MustExecContext(t.Context(), `create table visit (
		visit_id  integer,
		child_id  varchar(2),
		seen_at   timestamptz,
		miles     numeric,
		number    bigint generated always as identity,
		twice     numeric generated always as (miles * 2) stored,
		sent_at   timestamp not null default '2026-01-01'
	)`)
	got := load(t, db, "visit_id,child_id,person_id,seen_at,miles,number,twice\n"+
		"7,p123,p456,2026-05-01 09:00:00+00,12345678.25,5,6\n"+
		"x,p2,,,,,\n")
	want := csvload.Table{
		Name: "visit", File: "visit.csv", Read: 2, Loaded: 1,
		Added:   []string{"person_id"},
		Absent:  []string{"due", "seen", "rank", "flag", "remark"},
		Unknown: []int{6, 7},
		Rows:    []csvload.Rejection{{Column: "visit_id", Reason: "is not a whole number", Count: 1, Lines: []int{3}}},
		Values:  []csvload.Rejection{{Column: "child_id", Reason: "is longer than 2 characters", Count: 1, Lines: []int{2}}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("report (-want +got):\n%s", diff)
	}
	rows := contents(t, db, "select concat_ws('|', visit_id, child_id, person_id, seen_at at time zone 'UTC', miles, twice) from visit")
	if diff := cmp.Diff([]string{"7|p456|2026-05-01 09:00:00|12345678.25|24691356.50"}, rows); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
}

func TestLoadSatisfiesForeignKeysBetweenItsTables(t *testing.T) {
	db := newDatabase(t)
	db.MustExecContext(t.Context(), `create table plan (plan_id varchar(8) primary key, starts date);
		create table visit (visit_id varchar(8), person_id varchar(8) references plan)`)
	files := extracts(map[string]string{"visit.csv": "visit_id,person_id\nv1,p1\n", "plan.csv": "plan_id\np1\n"})
	tables := []schema.Table{plans, visits[0]}
	for range 2 {
		if _, err := csvload.Load(t.Context(), db, tables, files, csvload.Options{}); err != nil {
			t.Fatal(err)
		}
	}
}

func TestDescribedTablesLoad(t *testing.T) {
	for _, group := range []string{"social_care", "education", "local"} {
		tables, err := schema.Tables(group)
		if err != nil {
			t.Fatal(err)
		}
		files, columns := map[string]string{}, 0
		for _, table := range tables {
			header := ""
			for i, column := range table.Columns {
				if i > 0 {
					header += ","
				}
				header += column.Name
				columns++
			}
			files[table.Name+".csv"] = header + "\n"
		}
		db := newDatabase(t)
		if _, err := csvload.Load(t.Context(), db, tables, extracts(files), csvload.Options{}); err != nil {
			t.Errorf("%s: %v", group, err)
		}
		var made int
		if err := db.GetContext(t.Context(), &made, "select count(*) from information_schema.columns where table_schema = 'public'"); err != nil {
			t.Fatal(err)
		}
		if made != columns {
			t.Errorf("%s: %d columns made, want %d", group, made, columns)
		}
	}
}
