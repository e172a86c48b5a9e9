package definition_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/internal/temppg/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// plansYAML is a sound definition for tests to spoil, one line at a time.
const plansYAML = `cohort: Children on a plan
row: a child on a plan on the day
source: social_care
at: snapshot
grain: [person_id]
columns:
  person_id: the child
  team: team of the allocated worker
  starts: day the plan started
  score: points
breakdowns: [team]
indicators:
  - name: childrens_plans
    id: 1
    title: Plans
    unit: count
    count: all
    better: neither
    target: none - follows need
    public: count
    definition: Children on a plan on the day.
    law: Children Act 1989
    version: 1
`

const plansSQL = "select kind, ends, 'a' as person_id, 'North' as team, ends as starts, 1 as score from period"

const limitsYAML = `visit:
  value: 10
  unit: working_day
  title: Longest time between visits
  law: local procedure
`

// layer makes definitions of files in the topic child_protection.
func layer(files ...string) fstest.MapFS {
	made := fstest.MapFS{}
	for i := 0; i < len(files); i += 2 {
		made["child_protection/"+files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	return made
}

// plans is the sound definition, its YAML changed.
func plans(yaml string) fstest.MapFS {
	return layer("plans.yaml", yaml, "plans.sql", plansSQL, "limits.yaml", limitsYAML)
}

// changed replaces the one place where old stands.
func changed(t testing.TB, text, old, by string) string {
	t.Helper()
	if strings.Count(text, old) != 1 {
		t.Fatalf("%q stands %d times in the definition", old, strings.Count(text, old))
	}
	return strings.Replace(text, old, by, 1)
}

// load fails the test where definitions are not accepted.
func load(t testing.TB, settings definition.Settings, layers ...fs.FS) *definition.Catalogue {
	t.Helper()
	loaded, err := definition.Load(settings, layers...)
	if err != nil {
		t.Fatal(err)
	}
	return loaded
}

// refused gives the error of definitions that must not be accepted.
func refused(t testing.TB, settings definition.Settings, layers ...fs.FS) string {
	t.Helper()
	_, err := definition.Load(settings, layers...)
	if err == nil {
		t.Fatal("accepted")
	}
	if strings.Contains(err.Error(), "\n") {
		t.Errorf("not one line: %q", err)
	}
	return err.Error()
}
