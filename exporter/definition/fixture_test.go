package definition_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition"
)

// plansYAML is a valid definition, of which tests change one line.
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

// layer is a file system of definitions in the topic child_protection.
func layer(pairs ...string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		fsys["child_protection/"+pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return fsys
}

// plans is the valid definition with another YAML.
func plans(yaml string) fstest.MapFS {
	return layer("plans.yaml", yaml, "plans.sql", plansSQL, "limits.yaml", limitsYAML)
}

// replaceOnce replaces old, which must occur exactly once.
func replaceOnce(t testing.TB, text, old, replacement string) string {
	t.Helper()
	if strings.Count(text, old) != 1 {
		t.Fatalf("%q is %d times in the definition", old, strings.Count(text, old))
	}
	return strings.Replace(text, old, replacement, 1)
}

// load fails the test where definitions are not accepted.
func load(t testing.TB, settings config.Settings, layers ...fs.FS) *definition.Catalogue {
	t.Helper()
	catalogue, err := definition.Load(settings, layers...)
	if err != nil {
		t.Fatal(err)
	}
	return catalogue
}

// loadError gives the error of definitions that must be refused.
func loadError(t testing.TB, settings config.Settings, layers ...fs.FS) string {
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
