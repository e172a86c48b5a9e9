package source_test

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/guard"
	"childrens-services-exporter/exporter/postgres"
	"childrens-services-exporter/exporter/source"
	"childrens-services-exporter/exporter/staging"
	"childrens-services-exporter/internal/fixtures"
	"childrens-services-exporter/internal/temppg/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

func goldenCouncils(t *testing.T) []fixtures.Golden {
	t.Helper()
	all, err := fixtures.ReadGolden("testdata/golden")
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestGoldenCouncils(t *testing.T) {
	for _, council := range goldenCouncils(t) {
		t.Run(council.Name, func(t *testing.T) {
			src := newSource(t, council)
			got := map[string]map[string]float64{}
			expected := func(cohort *definition.Cohort) bool {
				return slices.ContainsFunc(cohort.Indicators, func(indicator *definition.Indicator) bool {
					return slices.ContainsFunc(indicator.Families(), func(family definition.Family) bool { return council.Expect[family.Name] != nil })
				})
			}
			for _, session := range evaluate(t, src, council, expected) {
				for _, sample := range session.Samples() {
					if got[sample.Family.Name] == nil {
						got[sample.Family.Name] = map[string]float64{}
					}
					got[sample.Family.Name][labelKey(sample)] = sample.Value
				}
			}
			for family, want := range council.Expect {
				for key := range got[family] {
					got[family][key] = fixtures.Rounded(got[family][key])
				}
				if diff := cmp.Diff(want, got[family]); diff != "" {
					t.Errorf("%s (-by hand +from SQL):\n%s", family, diff)
				}
			}
		})
	}
}

func TestEveryIndicatorIsExpectedByAGoldenCouncil(t *testing.T) {
	expected := map[string]bool{}
	for _, council := range goldenCouncils(t) {
		for family := range council.Expect {
			expected[family] = true
		}
	}
	definitions, err := definition.Load(config.Settings{}, definition.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	for _, indicator := range definitions.Indicators() {
		if !slices.ContainsFunc(indicator.Families(), func(family definition.Family) bool { return expected[family.Name] }) {
			t.Errorf("no golden council says what %s should be", indicator.Name)
		}
	}
	t.Logf("%d golden councils say what %d families of %d indicators should be",
		len(goldenCouncils(t)), len(expected), len(definitions.Indicators()))
}

func labelKey(sample definition.Sample) string {
	if len(sample.Labels) == 0 {
		return "total"
	}
	return strings.Join(sample.Labels, ",")
}

func newSource(t *testing.T, council fixtures.Golden) *source.Source {
	t.Helper()
	url := pgtest.Database(t)
	fill(t, url, council)
	settings := config.Settings{Authority: council.Authority, Limits: council.Limits, Populations: council.Populations, Codes: council.Codes}
	return openSource(t, url, council.Source, settings)
}

func openSource(t *testing.T, url, name string, settings config.Settings) *source.Source {
	t.Helper()
	definitions, err := definition.Load(settings, definition.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	staging, err := staging.New(name, settings)
	if err != nil {
		t.Fatal(err)
	}
	cal, err := settings.NewCalendar()
	if err != nil {
		t.Fatal(err)
	}
	db, err := postgres.Open("TEST_URL", url, postgres.DefaultTimeouts())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return &source.Source{
		Name: name, DB: db, Staging: staging, Catalogue: definitions, Calendar: cal,
		Guard: source.NewGuard(guard.Policy{MinStableReads: 1, MinPersistentReads: 1}),
	}
}

// fill creates the source's tables and writes the council's rows. A table that
// the council does not list stays empty.
func fill(t *testing.T, url string, council fixtures.Golden) {
	t.Helper()
	db, err := sql.Open("postgres", url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if err := fixtures.Create(db, council.Source, "local"); err != nil {
		t.Fatal(err)
	}
	rows, err := council.Rows()
	if err != nil {
		t.Fatal(err)
	}
	if err := fixtures.Fill(db, rows); err != nil {
		t.Fatal(err)
	}
}

func allCohorts(*definition.Cohort) bool { return true }

// evaluate reads the chosen cohorts of a council on its day.
func evaluate(t *testing.T, src *source.Source, council fixtures.Golden, chosen func(*definition.Cohort) bool) []definition.Observation {
	t.Helper()
	asOf, err := council.Day()
	if err != nil {
		t.Fatal(err)
	}
	var observations []definition.Observation
	err = src.Read(context.Background(), source.ReadOptions{AsOf: asOf}, func(ctx context.Context, session *source.Session) error {
		for _, plan := range session.Plans {
			if !chosen(plan.Cohort) {
				continue
			}
			var periods []calendar.Period
			for _, kind := range plan.Cohort.Windows {
				periods = append(periods, plan.Cohort.Period(src.Calendar, kind, asOf))
			}
			result, err := session.Evaluate(ctx, plan, periods)
			if err != nil {
				return err
			}
			for _, p := range periods {
				observations = append(observations, result.Observations(p)...)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return observations
}

func TestStatementsOfEveryCohortRunOnEmptyTables(t *testing.T) {
	for _, src := range []string{"social_care", "education"} {
		council := fixtures.Golden{Source: src, AsOf: "2026-03-31"}
		for _, session := range evaluate(t, newSource(t, council), council, allCohorts) {
			kind := session.Indicator.Measure.Kind
			zero := slices.Contains([]definition.MeasureKind{definition.Count, definition.Sum, definition.Bands}, kind) && !session.Indicator.Measure.SemiAdditive
			if zero && (session.Value == nil || *session.Value != 0) {
				t.Errorf("%s of an empty council is not a true zero", session.Indicator.Name)
			}
			if !zero && kind != definition.Rate && session.Value != nil {
				t.Errorf("%s of an empty council has a value", session.Indicator.Name)
			}
		}
	}
}
