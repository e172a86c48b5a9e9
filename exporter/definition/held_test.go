package definition_test

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"childrens-services-exporter/exporter/definition"
)

var hold = flag.Bool("hold", false, "hold the catalogue as it is now, when it is released")

// heldFile has the catalogue of the last release: name, version, fingerprint.
const heldFile = "testdata/held.txt"

// faults compares a catalogue with the one that is held. A definition that counts
// something else under the same version would make two numbers one line of a chart.
func faults(held string, now *definition.Catalogue) []string {
	var found []string
	for line := range strings.Lines(held) {
		var name, fingerprint string
		var version int
		if _, err := fmt.Sscan(line, &name, &version, &fingerprint); err != nil {
			return []string{"a held line is not name, version and fingerprint: " + line}
		}
		indicator, err := now.Indicator(name)
		switch {
		case err != nil:
			found = append(found, name+" is gone: dashboards and years of history hang on the name")
		case indicator.Version < version:
			found = append(found, fmt.Sprintf("%s went back from version %d to %d", name, version, indicator.Version))
		case indicator.Version == version && now.Fingerprint(indicator) != fingerprint:
			found = append(found, name+" counts something else under the same version: raise it, and say in changes what is counted differently; one that was never released is held anew with -hold")
		}
	}
	return found
}

func TestHeldDefinitionsChangeWithTheirVersionOnly(t *testing.T) {
	now := load(t, definition.Settings{}, definition.Embedded())
	if *hold {
		var lines []string
		for _, indicator := range now.Indicators() {
			lines = append(lines, fmt.Sprintf("%s %d %s\n", indicator.Name, indicator.Version, now.Fingerprint(indicator)))
		}
		slices.Sort(lines)
		if err := os.WriteFile(heldFile, []byte(strings.Join(lines, "")), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	held, err := os.ReadFile(heldFile)
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range faults(string(held), now) {
		t.Error(fault)
	}
}

// The test above would see every one of these.
func TestChangedDefinitionIsSeen(t *testing.T) {
	const pair = "child_protection/plans"
	sql, yaml := embeddedText(t, pair+".sql"), embeddedText(t, pair+".yaml")
	before := load(t, definition.Settings{}, definition.Embedded())
	indicator, err := before.Indicator("childrens_cp_visits_on_time_ratio")
	if err != nil {
		t.Fatal(err)
	}
	held := fmt.Sprintf("%s %d %s\n", indicator.Name, indicator.Version, before.Fingerprint(indicator))
	const measure = "working_days(last_seen, as_of) <= limit.cp_visit"
	const version = "law: local - procedure sets the interval, there is no national one\n    version: 1\n"
	raised := strings.Replace(version, "version: 1", "version: 2\n    changes: [{version: 2, date: 2026-12-01, what: The last day is late.}]", 1)
	for _, test := range []struct {
		name          string
		sql           [2]string
		first, second [2]string
		seen          bool
	}{
		{name: "nothing"},
		{name: "a comment", sql: [2]string{"select", "-- or so\nselect"}},
		{name: "layout", sql: [2]string{"select ", "select  "}},
		{name: "wording", first: [2]string{"Child protection visits on time", "Visits on time"}},
		{name: "target", first: [2]string{"target: 0.95", "target: 0.96"}},
		{name: "the text of the cohort", sql: [2]string{"period.kind = 'snapshot'", "period.kind = 'snapshot' and true"}, seen: true},
		{name: "the measure", first: [2]string{measure, "working_days(last_seen, as_of) < limit.cp_visit"}, seen: true},
		{name: "the measure, with its version", first: [2]string{measure, "working_days(last_seen, as_of) < limit.cp_visit"}, second: [2]string{version, raised}},
	} {
		layer := fstest.MapFS{
			pair + ".sql":  {Data: replaced(t, sql, test.sql)},
			pair + ".yaml": {Data: replaced(t, replaced(t, yaml, test.first), test.second)},
		}
		found := faults(held, load(t, definition.Settings{}, definition.Embedded(), layer))
		if (len(found) > 0) != test.seen {
			t.Errorf("%s: %v", test.name, found)
		}
	}
	own := definition.Settings{Limits: definition.LimitValues{"cp_visit": 20}}
	if found := faults(held, load(t, own, definition.Embedded())); len(found) == 0 {
		t.Error("another limit is not seen")
	}
	if found := faults("childrens_cp_plans_gone 1 0\nchildrens_cp_plans_open 7 0\n", before); len(found) != 2 {
		t.Errorf("a name that is gone and a version that went back: %v", found)
	}
}

func TestChangesMustTellOfEveryVersion(t *testing.T) {
	text := embeddedText(t, "child_protection/plans.yaml")
	for _, test := range []struct{ version, fault string }{
		{"version: 2", "version 2 needs 1 entries in changes"},
		{"version: 1\n    changes: [{version: 2, date: 2026-12-01, what: More.}]", "version 1 needs 0 entries in changes"},
		{"version: 2\n    changes: [{version: 1, date: 2026-12-01, what: More.}]", "the changes begin with version 2"},
		{"version: 2\n    changes: [{version: 2, date: soon, what: More.}]", `date "soon" of a change is not a day`},
		{"version: 2\n    changes: [{version: 2, date: 2026-12-01}]", "what says in a sentence"},
	} {
		layer := fstest.MapFS{
			"child_protection/plans.sql":  {Data: embeddedText(t, "child_protection/plans.sql")},
			"child_protection/plans.yaml": {Data: replaced(t, text, [2]string{"version: 1", test.version})},
		}
		_, err := definition.Load(definition.Settings{}, definition.Embedded(), layer)
		if err == nil || !strings.Contains(err.Error(), test.fault) || !strings.HasPrefix(err.Error(), "child_protection/plans.yaml:") {
			t.Errorf("%s: %v", test.version, err)
		}
	}
}

func embeddedText(t *testing.T, name string) []byte {
	t.Helper()
	text, err := fs.ReadFile(definition.Embedded(), name)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func replaced(t *testing.T, text []byte, change [2]string) []byte {
	t.Helper()
	if !bytes.Contains(text, []byte(change[0])) {
		t.Fatalf("nothing to change: %s", change[0])
	}
	if change[0] == "" {
		return text
	}
	return bytes.Replace(text, []byte(change[0]), []byte(change[1]), 1)
}
