package oracle_test

import (
	"context"
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"childrens-services-exporter/deploy/postgres"
	"childrens-services-exporter/exporter/catalogue"
	"childrens-services-exporter/exporter/period"
	"childrens-services-exporter/exporter/warehouse"
	"childrens-services-exporter/internal/oracle"
	"childrens-services-exporter/internal/throwaway/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// seedsVariable says how many random councils the SQL is checked on: a number, or from-to to look at some again.
const seedsVariable = "ORACLE_SEEDS"

func seeds(t *testing.T) (from, to uint64) {
	t.Helper()
	text := os.Getenv(seedsVariable)
	if text == "" {
		text = "15"
	}
	first, last, several := strings.Cut(text, "-")
	if !several {
		first, last = "1", first
	}
	for into, written := range map[*uint64]string{&from: first, &to: last} {
		number, err := strconv.ParseUint(written, 10, 32)
		if err != nil {
			t.Fatalf("%s is %q: write a number of councils, or the first and the last as in 7-7", seedsVariable, text)
		}
		*into = number
	}
	return from, to
}

func TestAgreement(t *testing.T) {
	warehouses := []*council{open(t, "social_care"), open(t, "education")}
	from, to := seeds(t)
	councils, compared := 0, 0
	differences := map[string]int{}
	for seed := from; seed <= to; seed++ {
		made := oracle.Generate(seed)
		want := answers(made)
		got := map[view]map[string]float64{}
		for _, w := range warehouses {
			w.fill(t, made.Council)
			w.evaluate(t, made, got)
		}
		councils++
		for _, v := range views(made) {
			compared += len(want[v])
			compare(t, seed, v, want[v], got[v], differences)
		}
	}
	t.Logf("%d councils, %d samples compared", councils, compared)
	for _, family := range sorted(differences) {
		t.Logf("%6d differences in %s", differences[family], family)
	}
}

// view is a day, seen live, or the windows so many back from it.
type view struct {
	day  oracle.Date
	back int
}

// shown is how many differences of one family are written out.
const shown = 300

const live = -1

func (v view) String() string {
	if v.back == live {
		return v.day.String()
	}
	return fmt.Sprintf("%s, %d back", v.day, v.back)
}

func views(made oracle.Case) []view {
	var all []view
	for _, day := range made.Days {
		for back := live; back <= 2; back++ {
			all = append(all, view{day, back})
		}
	}
	return all
}

func answers(made oracle.Case) map[view]map[string]float64 {
	own := oracle.New(made.Council, made.Limits, made.Populations)
	all := map[view]map[string]float64{}
	for _, v := range views(made) {
		if v.back == live {
			all[v] = own.Live(v.day)
		} else {
			all[v] = own.Reported(v.day, v.back)
		}
	}
	return all
}

func compare(t *testing.T, seed uint64, v view, want, got map[string]float64, differences map[string]int) {
	t.Helper()
	keys := map[string]bool{}
	for key := range want {
		keys[key] = true
	}
	for key := range got {
		keys[key] = true
	}
	for _, key := range sorted(keys) {
		a, inWant := want[key]
		b, inGot := got[key]
		if inWant == inGot && math.Abs(a-b) <= 1e-9*max(1, math.Abs(a)) {
			continue
		}
		family, _, _ := strings.Cut(key, "{")
		differences[family]++
		if differences[family] <= shown {
			t.Errorf("seed %d, %s: %s: oracle %s, SQL %s", seed, v, key, written(a, inWant), written(b, inGot))
		} else {
			t.Fail()
		}
	}
}

func written(value float64, there bool) string {
	if !there {
		return "none"
	}
	return strconv.FormatFloat(value, 'g', -1, 64)
}

func sorted[V any](keyed map[string]V) []string {
	var keys []string
	for key := range keyed {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// council is a database that one council after another is loaded into.
type council struct {
	source *warehouse.Source
	db     *sqlx.DB
	types  map[string]map[string]bool // the columns of each table
	filled []string
}

func open(t *testing.T, source string) *council {
	t.Helper()
	url := pgtest.Database(t)
	db, err := warehouse.Open("TEST_URL", url, warehouse.DefaultWaits())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	writer, err := sqlx.Open("postgres", url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = writer.Close() })
	ddl, err := postgres.DDL(source)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := writer.Exec(ddl); err != nil {
		t.Fatal(err)
	}
	settings := catalogue.Settings{}
	definitions, err := catalogue.Load(settings, catalogue.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	staging, err := warehouse.NewStaging(source, settings)
	if err != nil {
		t.Fatal(err)
	}
	calendar, err := settings.NewCalendar()
	if err != nil {
		t.Fatal(err)
	}
	tables, err := postgres.Tables(source)
	if err != nil {
		t.Fatal(err)
	}
	types := map[string]map[string]bool{}
	for _, table := range tables {
		types[table.Name] = map[string]bool{}
		for _, column := range table.Columns {
			types[table.Name][column.Name] = true
		}
	}
	return &council{
		source: &warehouse.Source{Name: source, DB: db, Staging: staging, Catalogue: definitions, Calendar: calendar},
		db:     writer, types: types,
	}
}

// fill empties the tables and loads a council's rows as they are.
func (c *council) fill(t *testing.T, rows oracle.Council) {
	t.Helper()
	tx, err := c.db.Beginx()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	for _, table := range c.filled {
		if _, err := tx.Exec("delete from " + table); err != nil {
			t.Fatal(err)
		}
	}
	c.filled = nil
	for _, table := range sorted(rows) {
		if c.types[table] != nil {
			c.copy(t, tx, table, rows[table])
		}
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
}

func (c *council) copy(t *testing.T, tx *sqlx.Tx, table string, rows []oracle.Row) {
	t.Helper()
	c.filled = append(c.filled, table)
	columns := map[string]bool{}
	for _, row := range rows {
		for column := range row {
			columns[column] = true
		}
	}
	names := sorted(columns)
	statement, err := tx.Prepare(pq.CopyIn(table, names...))
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		values := make([]any, len(names))
		for i, name := range names {
			if text, filled := row[name]; filled {
				values[i] = text
			}
		}
		if _, err := statement.Exec(values...); err != nil {
			t.Fatalf("%s: %v", table, err)
		}
	}
	if _, err := statement.Exec(); err != nil {
		t.Fatalf("%s: %v", table, err)
	}
	if err := statement.Close(); err != nil {
		t.Fatalf("%s: %v", table, err)
	}
}

// evaluate asks the exporter for all the views at once, one statement a cohort, and files its samples by view.
func (c *council) evaluate(t *testing.T, made oracle.Case, samples map[view]map[string]float64) {
	t.Helper()
	c.source.Guards = warehouse.NewGuards(warehouse.GuardRules{Settle: 1, Insist: 1, Floor: 0.5, FloorFrom: 50})
	populations := catalogue.Populations{"children": made.Populations.Children, "children_5_to_15": made.Populations.Children5To15}
	err := c.source.Read(context.Background(), civil(made.Days[0]), false, func(ctx context.Context, reading *warehouse.Reading) error {
		for _, plan := range reading.Plans {
			if !slices.Contains(cohorts(), plan.Cohort.Name) {
				continue
			}
			asked := map[view][]period.Period{}
			var all []period.Period
			for _, v := range views(made) {
				asked[v] = c.periods(t, plan.Cohort, v)
				all = append(all, asked[v]...)
			}
			answer, err := reading.Evaluate(ctx, plan, all)
			if err != nil {
				t.Errorf("seed %d: %v", made.Seed, err)
				continue
			}
			for v, periods := range asked {
				if samples[v] == nil {
					samples[v] = map[string]float64{}
				}
				for _, p := range periods {
					for _, r := range answer.Readings(p, populations) {
						for _, sample := range r.Samples() {
							samples[v][keyOf(sample)] = sample.Value
						}
					}
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatalf("seed %d: %v", made.Seed, err)
	}
}

func (c *council) periods(t *testing.T, cohort *catalogue.Cohort, v view) []period.Period {
	t.Helper()
	var all []period.Period
	for _, kind := range cohort.Windows {
		if v.back == live {
			all = append(all, c.source.Calendar.At(kind, civil(v.day)))
			continue
		}
		if slices.Contains([]period.Kind{period.Snapshot, period.FinancialYearToDate, period.Rolling12Months}, kind) {
			continue
		}
		reported, err := c.source.Calendar.Reported(kind, civil(v.day), v.back)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, reported)
	}
	return all
}

func civil(day oracle.Date) time.Time { return period.Date(day.Year, day.Month, day.Day) }

func keyOf(sample catalogue.Sample) string {
	labels := map[string]string{}
	for i, name := range sample.Family.Labels {
		labels[name] = sample.Labels[i]
	}
	return oracle.Key(sample.Family.Name, labels)
}

func cohorts() []string {
	return []string{
		"front_door/contacts", "front_door/referrals", "early_help/started", "early_help/closed", "early_help/open",
		"assessments/completed", "assessments/open", "child_protection/enquiries", "child_protection/conferences",
		"child_protection/plans", "child_protection/plans_started", "child_protection/reviews",
		"children_in_need/cases", "children_in_need/case_status",
		"looked_after/children", "looked_after/visits", "looked_after/reviews", "looked_after/reviews_held",
		"care_leavers/young_people", "caseload/workers", "caseload/case_status",
		"ehcp/plans", "ehcp/plans_issued", "home_education/children", "missing_education/children", "pupils/on_roll",
	}
}
