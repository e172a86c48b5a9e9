package csvload_test

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/jmoiron/sqlx"

	"childrens-services-exporter/exporter/csvload"
	"childrens-services-exporter/exporter/csvload/schema"
	"childrens-services-exporter/internal/temppg/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// visits has one column of every kind that a council's extract brings.
var visits = []schema.Table{{Name: "visit", Columns: []schema.Column{
	{Name: "visit_id", Type: "varchar(8)", NotNull: true},
	{Name: "person_id", Type: "varchar(8)", Also: []string{"child_id"}},
	{Name: "seen_at", Type: "timestamp"},
	{Name: "due", Type: "date"},
	{Name: "seen", Type: "boolean"},
	{Name: "rank", Type: "smallint"},
	{Name: "miles", Type: "numeric(5,1)"},
	{Name: "flag", Type: "char(1)"},
	{Name: "remark", Type: "text"},
	{Name: "loaded_at", Type: "timestamp", Default: "localtimestamp"},
}}}

var plans = schema.Table{Name: "plan", Columns: []schema.Column{
	{Name: "plan_id", Type: "varchar(8)", NotNull: true},
	{Name: "starts", Type: "date"},
}}

func newDatabase(t testing.TB) *sqlx.DB {
	t.Helper()
	db, err := sqlx.Open("postgres", pgtest.Database(t))
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

func extracts(files map[string]string) fs.FS {
	dir := fstest.MapFS{}
	for name, text := range files {
		dir[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return dir
}

// lenient lets every refused value of a visit pass.
func lenient() csvload.Options {
	o := csvload.Options{Dates: csvload.DayFirst, Allow: []string{"visit", "visit.child_id"}, AllowShrink: []string{"visit"}}
	for _, column := range visits[0].Columns {
		o.Allow = append(o.Allow, "visit."+column.Name)
	}
	return o
}

// load loads one file into the table visit.
func load(t *testing.T, db *sqlx.DB, text string) csvload.Table {
	t.Helper()
	report, err := csvload.Load(t.Context(), db, visits, extracts(map[string]string{"visit.csv": text}), lenient())
	if err != nil {
		t.Fatal(err)
	}
	report.Tables[0].Filled = nil
	return report.Tables[0]
}

// contents returns a query's rows as PostgreSQL writes them.
func contents(t *testing.T, db *sqlx.DB, query string) []string {
	t.Helper()
	var rows []string
	if err := db.SelectContext(t.Context(), &rows, query); err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestLoadReplacesWhatHasAFile(t *testing.T) {
	db := newDatabase(t)
	tables := append([]schema.Table{plans}, visits...)
	first := extracts(map[string]string{
		"plan.csv":  "plan_id,starts\np1,2026-04-01\np2,01/05/2026\n",
		"visit.csv": "visit_id\nv1\n",
	})
	if _, err := csvload.Load(t.Context(), db, tables, first, csvload.Options{Dates: csvload.DayFirst}); err != nil {
		t.Fatal(err)
	}
	second := extracts(map[string]string{"plan.csv": "plan_id,starts\np3,2026-06-01\n"})
	report, err := csvload.Load(t.Context(), db, tables, second, csvload.Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := csvload.Report{Committed: true, Tables: []csvload.Table{{
		Name: "plan", File: "plan.csv", Read: 1, Loaded: 1, Filled: map[string]int{"plan_id": 1, "starts": 1},
	}}}
	if diff := cmp.Diff(want, report); diff != "" {
		t.Errorf("report (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"(p3,2026-06-01)"}, contents(t, db, "select plan::text from plan")); diff != "" {
		t.Errorf("plans (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"v1"}, contents(t, db, "select visit_id from visit")); diff != "" {
		t.Errorf("visits, which had no file (-want +got):\n%s", diff)
	}
}

func TestLoadReadsEveryType(t *testing.T) {
	db := newDatabase(t)
	// A byte order mark, CR LF, a header in upper case with blanks, a quoted newline, comma and quotation mark.
	got := load(t, db, "\ufeffVISIT_ID, Person_Id ,SEEN_AT,due,seen,rank,miles,flag,remark\r\n"+
		"v1,p1,2026-05-01 14:30:00.000,01/05/2026,Y,1,12.5,Y,\"seen, alone\r\nand \"\"well\"\"\"\r\n"+
		"v2,,,,,,,,\r\n"+
		"v3,NULL,01/12/2026 09:05,2026-12-01T00:00:00,false,-3,999.9,N,back\\slash\ttab\r\n")
	want := csvload.Table{Name: "visit", File: "visit.csv", Read: 3, Loaded: 3, Created: true}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("report (-want +got):\n%s", diff)
	}
	rows := contents(t, db, `select concat_ws('|', visit_id, coalesce(person_id, '-'), coalesce(seen_at::text, '-'),
		coalesce(due::text, '-'), coalesce(seen::text, '-'), coalesce(rank::text, '-'), coalesce(miles::text, '-'),
		coalesce(flag, '-'), coalesce(remark, '-')) from visit order by visit_id`)
	if diff := cmp.Diff([]string{
		"v1|p1|2026-05-01 14:30:00|2026-05-01|true|1|12.5|Y|seen, alone\nand \"well\"",
		"v2|-|-|-|-|-|-|-|-",
		"v3|-|2026-12-01 09:05:00|2026-12-01|false|-3|999.9|N|back\\slash\ttab",
	}, rows); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	if got := contents(t, db, "select distinct (loaded_at is not null)::text from visit"); got[0] != "true" {
		t.Error("a column with a default that the file lacks was not given it")
	}
}

// 23:30 in Greenwich in summer is the next day in England.
func TestLoadKeepsTheDayInLondon(t *testing.T) {
	db := newDatabase(t)
	load(t, db, "visit_id,seen_at,due\nv1,2026-05-01T23:30:00Z,2026-05-01T23:30:00+00:00\nv2,2026-12-01T23:30:00Z,2026-12-01\n")
	rows := contents(t, db, "select concat_ws('|', seen_at, due) from visit order by visit_id")
	want := []string{"2026-05-02 00:30:00|2026-05-02", "2026-12-01 23:30:00|2026-12-01"}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("days (-want +got):\n%s", diff)
	}
}

func TestLoadRejectsValues(t *testing.T) {
	db := newDatabase(t)
	got := load(t, db, "visit_id,person_id,seen_at,due,seen,rank,miles,flag\n"+
		"v1,p12345678,2025-02-29,30/02/2026,maybe,1.5,10000,YES\n"+
		"v2,p1,2024-02-29,29/02/2024,1,32768,9999.95,Y\n"+
		"v3,p1,2026-05-01 25:00,May 2026,0,7,seven,N\n")
	want := []csvload.Rejection{
		{Column: "person_id", Reason: "is longer than 8 characters", Count: 1, Lines: []int{2}},
		{Column: "seen_at", Reason: "is not a day of the calendar", Count: 1, Lines: []int{2}},
		{Column: "due", Reason: "is not a day of the calendar", Count: 1, Lines: []int{2}},
		{Column: "seen", Reason: "is neither yes nor no", Count: 1, Lines: []int{2}},
		{Column: "rank", Reason: "is not a whole number", Count: 1, Lines: []int{2}},
		{Column: "miles", Reason: "is too large", Count: 2, Lines: []int{2, 3}},
		{Column: "flag", Reason: "is longer than 1 character", Count: 1, Lines: []int{2}},
		{Column: "rank", Reason: "is too large", Count: 1, Lines: []int{3}},
		{Column: "seen_at", Reason: "is not a time of day", Count: 1, Lines: []int{4}},
		{Column: "due", Reason: "is not a date", Count: 1, Lines: []int{4}},
		{Column: "miles", Reason: "is not a number", Count: 1, Lines: []int{4}},
	}
	if diff := cmp.Diff(want, got.Values); diff != "" {
		t.Errorf("refused values (-want +got):\n%s", diff)
	}
	rows := contents(t, db, "select visit::text from (select visit_id, person_id, seen_at, due, seen, rank, miles, flag from visit) visit order by 1")
	if diff := cmp.Diff([]string{
		`(v1,,,,,,,)`,
		`(v2,p1,"2024-02-29 00:00:00",2024-02-29,t,,,Y)`,
		`(v3,p1,,,f,7,,N)`,
	}, rows); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
}

func TestLoadRejectsRows(t *testing.T) {
	db := newDatabase(t)
	got := load(t, db, "visit_id,person_id\n"+
		"v1,p1\n"+
		"v2\n"+
		"v3,p3,extra\n"+
		",p4\n"+
		"v5,\n"+
		"v67890123,p6\n"+
		"\x00,p7\n"+
		"\"v\n8\",\n"+
		"NULL,p10\n")
	want := []csvload.Rejection{
		{Reason: "has the wrong number of fields", Count: 2, Lines: []int{3, 4}},
		{Column: "visit_id", Reason: "is empty", Count: 3, Lines: []int{5, 8, 11}},
		{Column: "visit_id", Reason: "is longer than 8 characters", Count: 1, Lines: []int{7}},
	}
	if diff := cmp.Diff(want, got.Rows); diff != "" {
		t.Errorf("refused rows (-want +got):\n%s", diff)
	}
	if got.Read != 9 || got.Loaded != 3 {
		t.Errorf("read %d, loaded %d; want 9, 3", got.Read, got.Loaded)
	}
	if diff := cmp.Diff([]string{"v\n8", "v1", "v5"}, contents(t, db, "select visit_id from visit order by 1")); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
}
