package alerts_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"childrens-services-exporter/deploy/prometheus/alerts"
	"childrens-services-exporter/exporter/definition"
)

const rules = "../rules"

func definitions(t *testing.T) *definition.Catalogue {
	t.Helper()
	loaded, err := definition.Load(definition.Settings{}, definition.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	return loaded
}

func TestRulesAreThoseOfTheDefinitions(t *testing.T) {
	want, err := alerts.Write(definitions(t))
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(rules, "childrens_services.yml"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("run make rules and commit what it writes (-want +got):\n%s", diff)
	}
}

func promtool(t *testing.T, folder string, arguments ...string) {
	t.Helper()
	path, err := exec.LookPath("promtool")
	if err != nil {
		t.Fatal("no promtool in PATH: run `make tools`")
	}
	command := exec.CommandContext(t.Context(), path, arguments...)
	command.Dir = folder
	if said, err := command.CombinedOutput(); err != nil {
		t.Errorf("promtool %v: %v\n%s", arguments, err, said)
	}
}

func TestPromtoolAcceptsTheRulesAndWhatTheyDo(t *testing.T) {
	promtool(t, rules, "check", "rules", "--lint-fatal", "childrens_services.yml", "screens_managers.yml", "screens_public.yml")
	for _, config := range []string{"managers.yml", "public.yml"} {
		promtool(t, "..", "check", "config", config)
	}
	found, err := filepath.Glob(filepath.Join(rules, "*_test.yml"))
	if err != nil || len(found) == 0 {
		t.Fatalf("no tests of the rules: %v", err)
	}
	for _, file := range found {
		promtool(t, rules, "test", "rules", filepath.Base(file))
	}
}

func TestEveryAlertIsSeenFiringAndTellsAllItShould(t *testing.T) {
	groups, err := alerts.Groups(definitions(t))
	if err != nil {
		t.Fatal(err)
	}
	var tests strings.Builder
	found, err := filepath.Glob(filepath.Join(rules, "*_test.yml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range found {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		tests.Write(text)
	}
	for _, group := range groups {
		for _, rule := range group.Rules {
			if !strings.Contains(tests.String(), "{labels: '{alertname=\""+rule.Alert+"\"}'") {
				t.Errorf("no test has %s fire", rule.Alert)
			}
			for _, said := range []string{"summary", "where", "since", "action", "dashboard"} {
				if strings.TrimSpace(rule.Annotations[said]) == "" {
					t.Errorf("%s does not tell %s", rule.Alert, said)
				}
			}
			onValues := group.Name == "childrens_services_targets" || group.Name == "childrens_services_work"
			if silent := strings.Contains(rule.Expr, "unless on (authority) (childrens_exporter_stale{"); silent != onValues {
				t.Errorf("%s is silent while data are stale: %t", rule.Alert, silent)
			}
			for _, text := range rule.Annotations {
				if strings.Contains(text, "worker }}") || strings.Contains(text, "$labels.school") {
					t.Errorf("%s names more than an authority and a team: %s", rule.Alert, text)
				}
			}
		}
	}
}

func TestLinksLeadToDashboardsThatExist(t *testing.T) {
	groups, err := alerts.Groups(definitions(t))
	if err != nil {
		t.Fatal(err)
	}
	boards, err := filepath.Glob("../../../grafana/dashboards/*/*.json")
	if err != nil {
		t.Fatal(err)
	}
	var known strings.Builder
	for _, board := range boards {
		text, err := os.ReadFile(board)
		if err != nil {
			t.Fatal(err)
		}
		known.Write(text)
	}
	for _, group := range groups {
		for _, rule := range group.Rules {
			_, uid, _ := strings.Cut(rule.Annotations["dashboard"], "/d/")
			uid, _, _ = strings.Cut(uid, "?")
			if !strings.Contains(known.String(), `"uid": "`+uid+`"`) {
				t.Errorf("%s leads to %q, which is no dashboard", rule.Alert, uid)
			}
		}
	}
}

// A red indicator is one click away from its own page, whatever it is.
func TestAlertOnAnIndicatorLeadsToItsChapter(t *testing.T) {
	loaded := definitions(t)
	groups, err := alerts.Groups(loaded)
	if err != nil {
		t.Fatal(err)
	}
	for _, indicator := range loaded.Indicators() {
		chapter := loaded.ChapterOf(indicator)
		leads := 0
		for _, rule := range groups[0].Rules {
			_, after, _ := strings.Cut(rule.Expr, "topic=~\"")
			topics, _, _ := strings.Cut(after, "\"")
			if !slices.Contains(strings.Split(topics, "|"), indicator.Cohort.Topic) {
				continue
			}
			leads++
			if want := "/d/" + chapter.UID() + "?var-indicator={{ $labels.indicator }}"; !strings.HasSuffix(rule.Annotations["dashboard"], want) || rule.Labels["source"] != indicator.Cohort.Source {
				t.Errorf("%s: %s of %s leads to %s", indicator.Name, rule.Alert, rule.Labels["source"], rule.Annotations["dashboard"])
			}
		}
		if leads != 3 {
			t.Errorf("%d alerts look at %s, not off target and two of change", leads, indicator.Name)
		}
	}
}

// A topic read from both databases could not be silenced for one of them.
func TestTopicOfTwoSourcesIsRefused(t *testing.T) {
	loaded := definitions(t)
	moved := *loaded.Cohorts[0]
	moved.Source = map[string]string{"social_care": "education", "education": "social_care"}[moved.Source]
	loaded.Cohorts = append(loaded.Cohorts, &moved)
	if _, err := alerts.Write(loaded); err == nil || !strings.Contains(err.Error(), moved.Topic) {
		t.Errorf("got %v", err)
	}
}
