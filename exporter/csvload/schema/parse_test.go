package schema

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParse(t *testing.T) {
	got, err := parse(`-- What these tables are for.

-- A row is a visit to a child, which may have
-- taken two lines to say.
create table visit (
    visit_id varchar(48)      not null,
    day      timestamp, -- also seen_on, visited_on
    "group"  double precision,
    hours    numeric(5,2)     not null default zero,
    loaded   timestamp        default localtimestamp -- by the loader
);
`)
	if err != nil {
		t.Fatal(err)
	}
	want := []Table{{
		Name: "visit",
		Row:  "a visit to a child, which may have taken two lines to say",
		Columns: []Column{
			{Name: "visit_id", Type: "varchar(48)", NotNull: true},
			{Name: "day", Type: "timestamp", Also: []string{"seen_on", "visited_on"}},
			{Name: "group", Type: "double precision"},
			{Name: "hours", Type: "numeric(5,2)", NotNull: true, Default: "zero"},
			{Name: "loaded", Type: "timestamp", Default: "localtimestamp"},
		},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("tables (-want +got):\n%s", diff)
	}
}

func TestParseRefuses(t *testing.T) {
	const table = "-- A row is a visit.\ncreate table visit (\n    day date\n);\n"
	for _, c := range []struct{ name, ddl, want string }{
		{"no comment", "create table visit (\n    day date\n);\n", `line 1: table visit: expected "-- A row is`},
		{"comment apart", "-- A row is a visit.\n\ncreate table visit (\n", `line 3: table visit: expected "-- A row is`},
		{"other statement", table + "create index on visit (day);\n", `line 5: expected "create table`},
		{"unknown type", strings.Replace(table, "date", "money", 1), "line 3: table visit: expected a column"},
		{"missing comma", strings.Replace(table, "date", "date\n    n integer", 1), "line 4: table visit: expected a column"},
		{"comma too many", strings.Replace(table, "date", "date,", 1), "line 4: table visit: a comma too many"},
		{"no column", strings.Replace(table, "    day date\n", "", 1), "line 3: table visit: a comma too many or no column"},
		{"column twice", strings.Replace(table, "date", "date,\n    day date", 1), "line 4: table visit: a second column day"},
		{"table twice", table + table, "line 8: a second table visit"},
		{"no end", strings.TrimSuffix(table, ");\n"), "expected a column"},
		{"no end at all", "-- A row is a visit.\ncreate table visit (", "table visit does not end"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := parse(c.ddl)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q", err, c.want)
			}
		})
	}
}
