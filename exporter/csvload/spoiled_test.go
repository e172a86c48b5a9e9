package csvload_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/jmoiron/sqlx"

	"childrens-services-exporter/exporter/csvload"
	"childrens-services-exporter/exporter/csvload/schema"
	"childrens-services-exporter/internal/synthetic"
)

// extractSet is a set of extracts: the rows of each table, its header first.
type extractSet map[string][][]string

// tablesOfSet are few, so that some hundred loads take seconds.
func tablesOfSet() []string {
	return []string{"ssd_person", "ssd_cin_episodes", "ssd_cp_plans", "ssd_department", "school", "ehc_plan", "ehe_episode"}
}

// goodSet is the start of a made-up council, without the faults that a load refuses and with letters that encodings differ in.
func goodSet(t *testing.T) extractSet {
	t.Helper()
	dir := t.TempDir()
	profile, err := synthetic.FindProfile("small")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := synthetic.Write(dir, profile, 1, time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	set := extractSet{}
	for _, table := range tablesOfSet() {
		folder := "education"
		if strings.HasPrefix(table, "ssd_") {
			folder = "social_care"
		}
		file, err := os.Open(filepath.Join(dir, folder, table+".csv"))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(file).ReadAll()
		_ = file.Close()
		if err != nil {
			t.Fatal(err)
		}
		set[table] = rows[:min(len(rows), 120)]
	}
	for column, value := range map[string]string{
		"ssd_person.pers_forename": "Chloé", "ssd_department.dept_team_name": "Zoë’s team", "school.establishment_name": "Ysgol Tŷ Siôn",
	} {
		set.change(column, func(row int, was string) string {
			if row%3 == 0 {
				return strings.ReplaceAll(value, "ŷ", "ÿ") // Windows-1252 has no ŷ
			}
			return was
		})
	}
	return set
}

func (s extractSet) clone() extractSet {
	set := extractSet{}
	for table, rows := range s {
		for _, row := range rows {
			set[table] = append(set[table], slices.Clone(row))
		}
	}
	return set
}

// change rewrites a column given as table.column. Rows count from 1.
func (s extractSet) change(place string, rewrite func(row int, was string) string) {
	table, column, _ := strings.Cut(place, ".")
	at := slices.Index(s[table][0], column)
	for i, row := range s[table][1:] {
		row[at] = rewrite(i+1, row[at])
	}
}

// text writes a table as a CSV file.
func (s extractSet) text(table string, separator rune) string {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	w.Comma = separator
	if err := w.WriteAll(s[table]); err != nil {
		panic(err)
	}
	return out.String()
}

func (s extractSet) files() fstest.MapFS {
	dir := fstest.MapFS{}
	for table := range s {
		dir[table+".csv"] = &fstest.MapFile{Data: []byte(s.text(table, ','))}
	}
	return dir
}

// spoiled is one way in which an extract set arrives.
type spoiled struct {
	name    string
	want    outcome
	rewrite func(extractSet)        // the rows, if not nil
	file    string                  // the table whose file is written otherwise
	write   func(extractSet) []byte // that file
	rename  string                  // that file's name
	options func(*csvload.Options)
}

type outcome int

const (
	equal outcome = iota
	refused
	equalOrRefused // where it rests on which sentinels the column has
)

func TestSpoiledExtractsLoadEqualOrAreRefused(t *testing.T) {
	var tables []schema.Table
	for _, group := range []string{"social_care", "education"} {
		described, err := schema.Tables(group)
		if err != nil {
			t.Fatal(err)
		}
		tables = append(tables, described...)
	}
	good, db := goodSet(t), newDatabase(t)
	if _, err := csvload.Load(t.Context(), db, tables, good.files(), csvload.Options{}); err != nil {
		t.Fatal(err)
	}
	want := checksum(t, db)
	secrets := good.secrets()
	cases := spoiledSets()
	if len(cases) < 120 {
		t.Errorf("%d spoiled sets, want at least 120", len(cases))
	}
	counts := map[bool]int{}
	for _, c := range cases {
		set := good.clone()
		if c.rewrite != nil {
			c.rewrite(set)
		}
		files := set.files()
		if c.write != nil {
			delete(files, c.file+".csv")
			name := c.rename
			if name == "" {
				name = c.file + ".csv"
			}
			files[name] = &fstest.MapFile{Data: c.write(set)}
		}
		var o csvload.Options
		if c.options != nil {
			c.options(&o)
		}
		report, err := csvload.Load(t.Context(), db, tables, files, o)
		counts[err == nil]++
		var refusal *csvload.RefusalError
		switch {
		case err != nil && !errors.As(err, &refusal):
			t.Errorf("%s: %v", c.name, err)
		case c.want == equal && err != nil:
			t.Errorf("%s is refused: %v", c.name, err)
		case c.want == refused && err == nil:
			t.Errorf("%s is loaded", c.name)
		}
		if got := checksum(t, db); got != want {
			t.Errorf("%s: other numbers than those of the good set (error %v)", c.name, err)
			if _, err := csvload.Load(t.Context(), db, tables, good.files(), csvload.Options{}); err != nil {
				t.Fatal(err)
			}
		}
		var out strings.Builder
		if _, printing := report.WriteTo(&out); printing != nil {
			t.Fatal(printing)
		}
		shown := fmt.Sprint(out.String(), err)
		for _, secret := range secrets {
			if strings.Contains(shown, secret) {
				t.Errorf("%s: a value is shown: %s", c.name, shown)
				break
			}
		}
		if testing.Verbose() {
			t.Logf("%-70s %s", c.name, strings.SplitN(fmt.Sprint(err), "\n", 2)[0])
		}
	}
	t.Logf("%d sets: %d loaded equal, %d refused", len(cases), counts[true], counts[false])
}

// checksum is over all rows of all tables, without the moment of loading.
func checksum(t *testing.T, db *sqlx.DB) string {
	t.Helper()
	sums := ""
	for _, table := range tablesOfSet() {
		sums += contents(t, db, "select md5(coalesce(string_agg(line, '|' order by line), '')) from"+
			" (select (to_jsonb(row) - 'loaded_at')::text as line from "+table+" as row) lines")[0]
	}
	return sums
}

// secrets are values that no report may show: names, identifiers and dates of birth.
func (s extractSet) secrets() (secrets []string) {
	for _, place := range []string{"ssd_person.pers_person_id", "ssd_person.pers_surname", "ssd_person.pers_dob", "ehc_plan.plan_id"} {
		s.change(place, func(row int, was string) string {
			if len(was) >= 5 && row <= 40 {
				secrets = append(secrets, was)
			}
			return was
		})
	}
	return secrets
}
