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

	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition"
)

var updateLock = flag.Bool("update", false, "write the present catalogue to the lock file, at a release")

// lockFile holds the catalogue of the last release: name, version, fingerprint.
const lockFile = "testdata/released.lock"

// lockViolations compares a catalogue with the lock file. A definition that counts
// something else under the same version would draw two numbers as one line of a chart.
func lockViolations(lock string, catalogue *definition.Catalogue) []string {
	var violations []string
	for line := range strings.Lines(lock) {
		var name, fingerprint string
		var version int
		if _, err := fmt.Sscan(line, &name, &version, &fingerprint); err != nil {
			return []string{"a line of the lock file is not name, version and fingerprint: " + line}
		}
		indicator, err := catalogue.Indicator(name)
		switch {
		case err != nil:
			violations = append(violations, name+" is gone: dashboards and years of history depend on the name")
		case indicator.Version < version:
			violations = append(violations, fmt.Sprintf("%s went back from version %d to %d", name, version, indicator.Version))
		case indicator.Version == version && catalogue.Fingerprint(indicator) != fingerprint:
			violations = append(violations, name+" counts something else under the same version: raise it, and say in changes what is counted differently; -update writes the lock anew for a definition that was never released")
		}
	}
	return violations
}

func TestReleasedDefinitionsChangeOnlyWithTheirVersion(t *testing.T) {
	catalogue := load(t, config.Settings{}, definition.Embedded())
	if *updateLock {
		var lines []string
		for _, indicator := range catalogue.Indicators() {
			lines = append(lines, fmt.Sprintf("%s %d %s\n", indicator.Name, indicator.Version, catalogue.Fingerprint(indicator)))
		}
		slices.Sort(lines)
		if err := os.WriteFile(lockFile, []byte(strings.Join(lines, "")), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	lock, err := os.ReadFile(lockFile)
	if err != nil {
		t.Fatal(err)
	}
	for _, violation := range lockViolations(string(lock), catalogue) {
		t.Error(violation)
	}
}

// The test above fails for each of these.
func TestChangedDefinitionViolatesTheLock(t *testing.T) {
	const pair = "child_protection/plans"
	sql, yaml := embeddedText(t, pair+".sql"), embeddedText(t, pair+".yaml")
	before := load(t, config.Settings{}, definition.Embedded())
	indicator, err := before.Indicator("childrens_cp_visits_on_time_ratio")
	if err != nil {
		t.Fatal(err)
	}
	lock := fmt.Sprintf("%s %d %s\n", indicator.Name, indicator.Version, before.Fingerprint(indicator))
	const measure = "working_days(last_seen, as_of) <= limit.cp_visit"
	const version = "law: local - procedure sets the interval, there is no national one\n    version: 2\n    changes:\n      - version: 2\n"
	raised := strings.NewReplacer("version: 2\n    changes:\n", "version: 3\n    changes:\n", "- version: 2\n",
		"- {version: 2, date: 2026-12-01, what: The last day is late.}\n      - version: 3\n").Replace(version)
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
			pair + ".sql":  {Data: replaceFirst(t, sql, test.sql)},
			pair + ".yaml": {Data: replaceFirst(t, replaceFirst(t, yaml, test.first), test.second)},
		}
		violations := lockViolations(lock, load(t, config.Settings{}, definition.Embedded(), layer))
		if (len(violations) > 0) != test.seen {
			t.Errorf("%s: %v", test.name, violations)
		}
	}
	own := config.Settings{Limits: config.LimitValues{"cp_visit": 20}}
	if violations := lockViolations(lock, load(t, own, definition.Embedded())); len(violations) == 0 {
		t.Error("another limit is not seen")
	}
	if violations := lockViolations("childrens_cp_plans_gone 1 0\nchildrens_cp_plans_open 7 0\n", before); len(violations) != 2 {
		t.Errorf("a name that is gone and a version that went back: %v", violations)
	}
}

func TestChangesNeedAnEntryForEveryVersion(t *testing.T) {
	text := embeddedText(t, "child_protection/enquiries.yaml")
	for _, test := range []struct{ version, fault string }{
		{"version: 2", "version 2 needs 1 entries in changes"},
		{"version: 1\n    changes: [{version: 2, date: 2026-12-01, what: More.}]", "version 1 needs 0 entries in changes"},
		{"version: 2\n    changes: [{version: 1, date: 2026-12-01, what: More.}]", "the changes begin with version 2"},
		{"version: 2\n    changes: [{version: 2, date: soon, what: More.}]", `date "soon" of a change is not a day`},
		{"version: 2\n    changes: [{version: 2, date: 2026-12-01}]", "what is missing"},
	} {
		layer := fstest.MapFS{
			"child_protection/enquiries.sql":  {Data: embeddedText(t, "child_protection/enquiries.sql")},
			"child_protection/enquiries.yaml": {Data: replaceFirst(t, text, [2]string{"version: 1", test.version})},
		}
		_, err := definition.Load(config.Settings{}, definition.Embedded(), layer)
		if err == nil || !strings.Contains(err.Error(), test.fault) || !strings.HasPrefix(err.Error(), "child_protection/enquiries.yaml:") {
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

func replaceFirst(t *testing.T, text []byte, change [2]string) []byte {
	t.Helper()
	if !bytes.Contains(text, []byte(change[0])) {
		t.Fatalf("nothing to change: %s", change[0])
	}
	if change[0] == "" {
		return text
	}
	return bytes.Replace(text, []byte(change[0]), []byte(change[1]), 1)
}
