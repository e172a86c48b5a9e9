package query_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/internal/temppg/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// plansYAML is a cohort of children, of which tests change one line.
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

// layer is a file system of definitions in the topic child_protection.
func layer(pairs ...string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		fsys["child_protection/"+pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return fsys
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
