package csvload_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"childrens-services-exporter/exporter/csvload"
	"childrens-services-exporter/exporter/csvload/schema"
)

// episodes has a date without which a row would be open.
var episodes = []schema.Table{{Name: "episode", Columns: []schema.Column{
	{Name: "episode_id", Type: "varchar(8)", NotNull: true},
	{Name: "start_date", Type: "date"},
	{Name: "end_date", Type: "date"},
	{Name: "remark", Type: "varchar(300)"},
}}}

func refusal(t *testing.T, err error) []string {
	t.Helper()
	refusal, ok := errors.AsType[*csvload.RefusalError](err)
	if !ok {
		t.Fatalf("error %v, want a refusal", err)
	}
	return refusal.Problems
}

// Every closed case counted as open when the dates of closing were left empty.
func TestLoadRefusesAColumnOfMonthFirstDates(t *testing.T) {
	db := newDatabase(t)
	_, err := csvload.Load(t.Context(), db, episodes, extracts(map[string]string{
		"episode.csv": "episode_id,start_date,end_date\ne1,13/01/2026,4/1/2026 12:00:00 AM\ne2,06/01/2026,4/25/2026 12:00:00 AM\n",
	}), csvload.Options{})
	want := []string{"episode.csv, line 2: end_date has the month before the day; 2 of 2 values refused: expected dates as 2026-04-01 or" +
		" 01/04/2026; export with the day first, or all files with the month first, or let it pass with -allow episode.end_date"}
	if diff := cmp.Diff(want, refusal(t, err)); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}

func TestAllowLeavesOutRowsOfWhichTheEndIsUnknown(t *testing.T) {
	db := newDatabase(t)
	report, err := csvload.Load(t.Context(), db, episodes, extracts(map[string]string{
		"episode.csv": "episode_id,start_date,end_date\ne1,2026-01-01,2026-02-30\ne2,2026-02-31,2026-03-01\ne3,2026-01-01,\n",
	}), csvload.Options{Allow: []string{"episode.end_date", "episode.start_date"}})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"(e2,,2026-03-01)", "(e3,2026-01-01,)"}, contents(t, db, "select episode::text from episode order by 1")); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	want := []csvload.Rejection{{Column: "end_date", Reason: "is not a day of the calendar", Count: 1, Lines: []int{2}}}
	if diff := cmp.Diff(want, report.Tables[0].Rows); diff != "" {
		t.Errorf("rows left out (-want +got):\n%s", diff)
	}
}

func TestOneInAHundredRemarksMayBeTooLong(t *testing.T) {
	long := strings.Repeat("x", 301)
	for _, c := range []struct {
		rows, long int
		refused    bool
	}{{99, 1, true}, {100, 1, false}, {199, 2, true}, {200, 2, false}, {200, 3, true}} {
		db, file := newDatabase(t), "episode_id,remark\n"
		for i := range c.rows {
			remark := "short"
			if i < c.long {
				remark = long
			}
			file += "e," + remark + "\n"
		}
		_, err := csvload.Load(t.Context(), db, episodes, extracts(map[string]string{"episode.csv": file}), csvload.Options{})
		if (err != nil) != c.refused {
			t.Errorf("%d of %d: error %v", c.long, c.rows, err)
		}
	}
}

func TestOrderOfDaysIsThatOfTheExtractThenOfTheSetting(t *testing.T) {
	const proven, ambiguous = "episode_id,start_date\ne1,25/01/2026\n", "plan_id,starts\np1,04/05/2026\n"
	tables := append([]schema.Table{plans}, episodes...)
	for _, c := range []struct {
		name, episode, plan string
		setting             csvload.DateOrder
		want                string
	}{
		{"another file has the day first", proven, ambiguous, csvload.OrderOfExtracts, "2026-05-04"},
		{"another file has the month first", "episode_id,start_date\ne1,01/25/2026\n", ambiguous, csvload.OrderOfExtracts, "2026-04-05"},
		{"setting of the day first", "episode_id\ne1\n", ambiguous, csvload.DayFirst, "2026-05-04"},
		{"setting of the month first", "episode_id\ne1\n", ambiguous, csvload.MonthFirst, "2026-04-05"},
		{"neither", "episode_id\ne1\n", ambiguous, csvload.OrderOfExtracts, ""},
		{"setting against another file", proven, ambiguous, csvload.MonthFirst, ""},
		{"files against each other", proven, "plan_id,starts\np1,04/25/2026\n", csvload.OrderOfExtracts, ""},
		{"files against each other, with a setting", proven, "plan_id,starts\np1,04/25/2026\n", csvload.MonthFirst, ""},
		{"the same either way", "episode_id\ne1\n", "plan_id,starts\np1,05/05/2026\n", csvload.OrderOfExtracts, "2026-05-05"},
	} {
		db := newDatabase(t)
		_, err := csvload.Load(t.Context(), db, tables, extracts(map[string]string{"episode.csv": c.episode, "plan.csv": c.plan}),
			csvload.Options{Dates: c.setting})
		switch {
		case c.want == "":
			if len(refusal(t, err)) == 0 {
				t.Errorf("%s: no problem", c.name)
			}
		case err != nil:
			t.Errorf("%s: %v", c.name, err)
		default:
			if got := contents(t, db, "select starts::text from plan"); got[0] != c.want {
				t.Errorf("%s: %s, want %s", c.name, got[0], c.want)
			}
		}
	}
}

func TestATableIsEmptiedOnlyWhenItIsAllowed(t *testing.T) {
	full := "episode_id\n" + strings.Repeat("e\n", 10)
	for _, c := range []struct {
		name, next string
		want       string
	}{
		{"emptied", "episode_id\n", "episode.csv: the file has a header and no row: expected rows, or -allow-shrink episode if the table is to be empty"},
		{"below half", "episode_id\n" + strings.Repeat("e\n", 4),
			"episode.csv: 4 rows where the table holds 10: expected half at least, or -allow-shrink episode if so many are to go"},
		{"half", "episode_id\n" + strings.Repeat("e\n", 5), ""},
	} {
		db := newDatabase(t)
		if _, err := csvload.Load(t.Context(), db, episodes, extracts(map[string]string{"episode.csv": full}), csvload.Options{}); err != nil {
			t.Fatal(err)
		}
		files := extracts(map[string]string{"episode.csv": c.next})
		_, err := csvload.Load(t.Context(), db, episodes, files, csvload.Options{})
		if c.want == "" && err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if c.want == "" {
			continue
		}
		if diff := cmp.Diff([]string{c.want}, refusal(t, err)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
		if got := contents(t, db, "select count(*)::text from episode"); got[0] != "10" {
			t.Errorf("%s: %s rows after a load that was refused", c.name, got[0])
		}
		if _, err := csvload.Load(t.Context(), db, episodes, files, csvload.Options{AllowShrink: []string{"episode"}}); err != nil {
			t.Errorf("%s, allowed: %v", c.name, err)
		}
	}
}

func TestAllowNamesWhatThereIs(t *testing.T) {
	for _, c := range []struct {
		options csvload.Options
		want    string
	}{
		{csvload.Options{Allow: []string{"episodes.end_date"}}, "-allow: no table is called episodes"},
		{csvload.Options{Allow: []string{"episode.end"}}, "-allow: table episode has no column end"},
		{csvload.Options{AllowShrink: []string{"episode.end_date"}}, "-allow-shrink: takes a table, not a column"},
	} {
		_, err := csvload.Load(t.Context(), nil, episodes, extracts(nil), c.options)
		if err == nil || err.Error() != c.want {
			t.Errorf("error %v, want %s", err, c.want)
		}
	}
}

func TestLoadLogHasEveryLoad(t *testing.T) {
	db := newDatabase(t)
	for _, file := range []string{
		"episode_id,end_date\ne1,2026-01-01\ne2,2026-02-30\n",
		"episode_id,end_date\ne1,2026-01-01\n",
	} {
		_, err := csvload.Load(t.Context(), db, episodes, extracts(map[string]string{"episode.csv": file}),
			csvload.Options{Source: "social_care"})
		if strings.Contains(file, "30") {
			refusal(t, err)
		} else if err != nil {
			t.Fatal(err)
		}
	}
	got := contents(t, db, `select concat_ws('|', source, coalesce(table_name, '-'), coalesce(column_name, '-'), rows, refused, outcome)
		from childrens_load_log order by run, table_name nulls last, column_name nulls last`)
	want := []string{
		"social_care|episode|end_date|2|1|refused", "social_care|episode|-|0|1|refused", "social_care|-|-|0|1|refused",
		"social_care|episode|-|1|0|loaded", "social_care|-|-|1|0|loaded",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("log (-want +got):\n%s", diff)
	}
	if got := contents(t, db, "select relname from pg_class where relname = 'episode'"); len(got) != 1 {
		t.Error("the table of the second load is missing")
	}
}

// The first row stands in place of a header that is missing; its values are no names to print.
func TestNoValueOfAFileWithOldMacLinesIsShown(t *testing.T) {
	db := newDatabase(t)
	report, err := csvload.Load(t.Context(), db, visits, extracts(map[string]string{
		"visit.csv": "visit_id,due,surname\rv1,2012-02-12,Surnameone\rv2,2013-02-12,Surnametwo",
	}), csvload.Options{})
	if err != nil || report.Tables[0].Loaded != 2 {
		t.Fatal(err, report)
	}
	var out strings.Builder
	if _, err := report.WriteTo(&out); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), "surname") {
		t.Errorf("an unknown header is shown:\n%s", out.String())
	}
}
