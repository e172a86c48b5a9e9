package warehouse_test

import (
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jmoiron/sqlx"
	"go.yaml.in/yaml/v3"

	"childrens-services-exporter/deploy/postgres"
	"childrens-services-exporter/exporter/catalogue"
	"childrens-services-exporter/exporter/period"
	"childrens-services-exporter/exporter/warehouse"
	"childrens-services-exporter/internal/throwaway/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// goldenCouncil is a hand-written data set, small enough to check on paper, with
// the numbers that follow from it.
type goldenCouncil struct {
	Source string            `yaml:"source"`
	AsOf   string            `yaml:"as_of"`
	Tables map[string]string `yaml:"tables"`
	// Limits changes a limit for this council.
	Limits      map[string]int                 `yaml:"limits"`
	Populations catalogue.Populations          `yaml:"populations"`
	Codes       map[string]map[string][]string `yaml:"codes"`
	// Expect maps a family to every one of its samples: label values joined by a
	// comma, or total, to the value. A family listed here has no other sample.
	Expect map[string]map[string]float64 `yaml:"expect"`
}

func readGolden(t *testing.T, file string) goldenCouncil {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var council goldenCouncil
	decoder := yaml.NewDecoder(strings.NewReader(string(text)))
	decoder.KnownFields(true)
	if err := decoder.Decode(&council); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return council
}

func TestGoldenCouncils(t *testing.T) {
	files, err := filepath.Glob("testdata/golden/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden councils: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".yaml"), func(t *testing.T) {
			council := readGolden(t, file)
			source := newSource(t, council)
			got := map[string]map[string]float64{}
			for _, reading := range evaluate(t, source, council) {
				for _, sample := range reading.Samples() {
					if got[sample.Family.Name] == nil {
						got[sample.Family.Name] = map[string]float64{}
					}
					got[sample.Family.Name][labelKey(sample)] = sample.Value
				}
			}
			for family, want := range council.Expect {
				for key := range got[family] {
					got[family][key] = rounded(got[family][key])
				}
				if diff := cmp.Diff(want, got[family]); diff != "" {
					t.Errorf("%s (-by hand +from SQL):\n%s", family, diff)
				}
			}
		})
	}
}

func TestEveryIndicatorIsExpectedByAGoldenCouncil(t *testing.T) {
	files, err := filepath.Glob("testdata/golden/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	expected := map[string]bool{}
	for _, file := range files {
		for family := range readGolden(t, file).Expect {
			expected[family] = true
		}
	}
	definitions, err := catalogue.Load(catalogue.Settings{}, catalogue.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	for _, indicator := range definitions.Indicators() {
		if !slices.ContainsFunc(indicator.Families(), func(family catalogue.Family) bool { return expected[family.Name] }) {
			t.Errorf("no golden council says what %s should be", indicator.Name)
		}
	}
}

// rounded keeps six decimals, as many as the golden files write.
func rounded(value float64) float64 { return float64(int64(value*1e6+0.5)) / 1e6 }

func labelKey(sample catalogue.Sample) string {
	if len(sample.Labels) == 0 {
		return "total"
	}
	return strings.Join(sample.Labels, ",")
}

func newSource(t *testing.T, council goldenCouncil) *warehouse.Source {
	t.Helper()
	url := pgtest.Database(t)
	fill(t, url, council)
	settings := catalogue.Settings{Limits: council.Limits, Populations: council.Populations, Codes: council.Codes}
	definitions, err := catalogue.Load(settings, catalogue.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	staging, err := warehouse.NewStaging(council.Source, settings)
	if err != nil {
		t.Fatal(err)
	}
	calendar, err := settings.NewCalendar()
	if err != nil {
		t.Fatal(err)
	}
	db, err := warehouse.Open("TEST_URL", url, warehouse.DefaultWaits())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return &warehouse.Source{
		Name: council.Source, DB: db, Staging: staging, Catalogue: definitions, Calendar: calendar,
		Guards: warehouse.NewGuards(warehouse.GuardRules{Settle: 1, Insist: 1, Floor: 0.5, FloorFrom: 50}),
	}
}

// fill creates the source's tables and writes the council's rows. A table that
// the council does not list stays empty.
func fill(t *testing.T, url string, council goldenCouncil) {
	t.Helper()
	db, err := sqlx.Open("postgres", url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	for _, group := range []string{council.Source, "local"} {
		ddl, err := postgres.DDL(group)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.Exec(ddl); err != nil {
			t.Fatal(err)
		}
	}
	for table, text := range council.Tables {
		reader := csv.NewReader(strings.NewReader(text))
		reader.TrimLeadingSpace = true
		lines, err := reader.ReadAll()
		if err != nil {
			t.Fatalf("%s: %v", table, err)
		}
		for _, line := range lines[1:] {
			places, values := []string{}, []any{}
			for i, value := range line {
				places = append(places, fmt.Sprintf("nullif($%d, '')", i+1))
				values = append(values, strings.TrimSpace(value))
			}
			insert := fmt.Sprintf("insert into %s (%s) select %s", table, strings.Join(lines[0], ", "), typed(db, t, table, lines[0], places))
			if _, err := db.Exec(insert, values...); err != nil {
				t.Fatalf("%s: %v: %v", table, line, err)
			}
		}
	}
}

// typed casts each text of a golden table to its column's type.
func typed(db *sqlx.DB, t *testing.T, table string, columns, places []string) string {
	t.Helper()
	casts := make([]string, len(columns))
	for i, column := range columns {
		var kind string
		err := db.Get(&kind, `select format_type(atttypid, atttypmod) from pg_attribute where attrelid = $1::regclass and attname = $2`,
			table, strings.TrimSpace(column))
		if err != nil {
			t.Fatalf("%s.%s: %v", table, column, err)
		}
		casts[i] = places[i] + "::" + kind
	}
	return strings.Join(casts, ", ")
}

func evaluate(t *testing.T, source *warehouse.Source, council goldenCouncil) []catalogue.Reading {
	t.Helper()
	asOf, err := time.Parse(time.DateOnly, council.AsOf)
	if err != nil {
		t.Fatal(err)
	}
	var readings []catalogue.Reading
	err = source.Read(context.Background(), asOf, false, func(ctx context.Context, reading *warehouse.Reading) error {
		for _, plan := range reading.Plans {
			var periods []period.Period
			for _, kind := range plan.Cohort.Windows {
				periods = append(periods, source.Calendar.At(kind, asOf))
			}
			answer, err := reading.Evaluate(ctx, plan, periods)
			if err != nil {
				return err
			}
			for _, p := range periods {
				readings = append(readings, answer.Readings(p, council.Populations)...)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return readings
}

func TestStatementsOfEveryCohortRunOnEmptyTables(t *testing.T) {
	for _, source := range []string{"social_care", "education"} {
		council := goldenCouncil{Source: source, AsOf: "2026-03-31"}
		for _, reading := range evaluate(t, newSource(t, council), council) {
			kind := reading.Indicator.Measure.Kind
			zero := slices.Contains([]catalogue.MeasureKind{catalogue.Count, catalogue.Sum, catalogue.Bands}, kind)
			if zero && (reading.Value == nil || *reading.Value != 0) {
				t.Errorf("%s of an empty council is not a true zero", reading.Indicator.Name)
			}
			if !zero && kind != catalogue.Rate && reading.Value != nil {
				t.Errorf("%s of an empty council has a value", reading.Indicator.Name)
			}
		}
	}
}
