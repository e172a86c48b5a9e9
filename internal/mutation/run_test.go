package mutation_test

import (
	"context"
	"database/sql"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"

	"childrens-services-exporter/exporter/postgres"
	"childrens-services-exporter/internal/fixtures"
	"childrens-services-exporter/internal/mutation"
	"childrens-services-exporter/internal/temppg/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// contactsFixture is a council of two contacts, one of them on the last day of the quarter.
func contactsFixture(t *testing.T) *mutation.Fixture {
	t.Helper()
	golden := fixtures.Golden{
		Name: "contacts", Source: "social_care", AsOf: "2026-04-15",
		Tables: map[string]string{"ssd_contacts": "cont_contact_id, cont_person_id, cont_contact_date\n1, 1, 2026-03-31\n2, 1, 2026-02-10\n"},
		Expect: map[string]map[string]float64{
			"childrens_contacts": {"month": 1, "quarter": 2, "fytd": 0, "fy": 2, "rolling_12m": 2},
		},
	}
	council, err := mutation.FromGolden(golden)
	if err != nil {
		t.Fatal(err)
	}
	council.Load = func(context.Context) (*sqlx.DB, error) {
		url := pgtest.Database(t)
		rows, err := golden.Rows()
		if err != nil {
			return nil, err
		}
		db, err := sql.Open("postgres", url)
		if err != nil {
			return nil, err
		}
		defer func() { _ = db.Close() }()
		if err := fixtures.Create(db, "social_care", "local"); err != nil {
			return nil, err
		}
		if err := fixtures.Fill(db, rows); err != nil {
			return nil, err
		}
		return postgres.Open("TEST_URL", url, postgres.DefaultTimeouts())
	}
	t.Cleanup(func() {
		if err := council.Close(); err != nil {
			t.Error(err)
		}
	})
	return council
}

func TestRun(t *testing.T) {
	definitions, err := mutation.ReadDefinitions()
	if err != nil {
		t.Fatal(err)
	}
	mutants, err := definitions.Mutants()
	if err != nil {
		t.Fatal(err)
	}
	const file = "exporter/definition/topics/front_door/contacts.sql"
	i := slices.IndexFunc(mutants, func(m mutation.Mutant) bool {
		return m.File == file && strings.HasSuffix(m.Change, "without its last day")
	})
	if i < 0 {
		t.Fatalf("%s has no mutant that leaves out the last day", file)
	}
	like := func(text string) mutation.Mutant { return mutation.Mutant{File: file, Key: text, Text: text} }
	original, _, _ := strings.Cut(mutants[i].Text, "\nfrom")
	tried, err := (&mutation.Runner{Definitions: definitions, Fixtures: []*mutation.Fixture{contactsFixture(t)}, Workers: 2}).Run(
		t.Context(), []mutation.Mutant{
			mutants[i],
			like(original + "\nfrom period\njoin no_such_relation on true"),
			like(original + "\nfrom period\njoin contact on contact.contacted between period.starts and period.ends\nwhere true"),
			{File: "exporter/staging/relations/social_care/front_door.yaml", Part: "nothing reads this", Text: "{}"},
		})
	if err != nil {
		t.Fatal(err)
	}
	want := []mutation.Outcome{mutation.ByGolden, mutation.Refused, mutation.Survived, mutation.Same}
	for i, trial := range tried {
		if trial.Outcome != want[i] {
			t.Errorf("%s: %s (%s), want %s", trial.Key, trial.Outcome, trial.By, want[i])
		}
	}
	var out strings.Builder
	reasons := mutation.Reasons{file: {tried[2].Key: "equivalent: true is no condition", tried[0].Key: "not covered: but it is"}}
	if unexplained := mutation.Survivors(&out, tried, reasons); unexplained != 0 || !strings.Contains(out.String(), "true is no condition") {
		t.Errorf("%d survivors without a reason:\n%s", unexplained, out.String())
	}
	var table strings.Builder
	if err := mutation.Folders(&table, tried, reasons); err != nil {
		t.Fatal(err)
	}
	// One is caught of two that are asked of a council; the other is equivalent.
	if all := regexp.MustCompile(` +`).ReplaceAllString(table.String(), " "); !strings.Contains(all, "\n 4 1 0 1 1 1 50.0% 1 100.0% all\n") {
		t.Errorf("the table:\n%s", table.String())
	}
	if stale := reasons.Stale(append(mutants, tried[2].Mutant), tried); len(stale) != 1 || !strings.Contains(stale[0], "caught by golden") {
		t.Errorf("stale reasons: %q, want the one of what is caught", stale)
	}
}

func TestRunFailsOnAWrongFixture(t *testing.T) {
	definitions, err := mutation.ReadDefinitions()
	if err != nil {
		t.Fatal(err)
	}
	council := contactsFixture(t)
	for _, samples := range council.Expected {
		samples["childrens_contacts"]["month"] = 3
	}
	mutants := mutation.SQL("exporter/definition/topics/front_door/contacts.sql", "select 1 from period where 1 = 1")
	_, err = (&mutation.Runner{Definitions: definitions, Fixtures: []*mutation.Fixture{council}, Workers: 1}).Run(t.Context(), mutants[:1])
	if err == nil || !strings.Contains(err.Error(), "the unchanged definitions do not give what is expected") {
		t.Errorf("a council whose expectation is wrong: %v", err)
	}
}
