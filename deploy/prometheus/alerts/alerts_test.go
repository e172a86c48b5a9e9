package alerts_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"childrens-services-exporter/deploy/prometheus/alerts"
	"childrens-services-exporter/exporter/board"
	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/rag"
	"childrens-services-exporter/exporter/reportperiod"
	"childrens-services-exporter/internal/rulefile"
)

const rules = "../rules"

func definitions(t *testing.T) *definition.Catalogue {
	t.Helper()
	loaded, err := definition.Load(config.Settings{}, definition.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	return loaded
}

func TestRulesAreThoseOfTheDefinitions(t *testing.T) {
	want, err := alerts.Write(definitions(t), alerts.DefaultRunbook)
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

// alertGroups are the groups without their recording rules.
func alertGroups(t *testing.T, loaded *definition.Catalogue, runbook string) []rulefile.Group {
	t.Helper()
	groups, err := alerts.Groups(loaded, runbook)
	if err != nil {
		t.Fatal(err)
	}
	for i, group := range groups {
		groups[i].Rules = slices.DeleteFunc(group.Rules, func(rule rulefile.Rule) bool { return rule.Record != "" })
		if len(groups[i].Rules) == 0 {
			t.Errorf("group %s has no alert", group.Name)
		}
	}
	return groups
}

func promtool(t *testing.T, folder string, arguments ...string) {
	t.Helper()
	path, err := exec.LookPath("promtool")
	if err != nil {
		t.Fatal("no promtool in PATH: run `make tools`")
	}
	command := exec.CommandContext(t.Context(), path, arguments...)
	command.Dir = folder
	// Half of the work of a test of rules is collecting garbage; 200 MB of memory spare it.
	command.Env = append(os.Environ(), "GOGC=1000")
	if output, err := command.CombinedOutput(); err != nil {
		t.Errorf("promtool %v: %v\n%s", arguments, err, output)
	}
}

func TestPromtoolAcceptsTheRulesAndWhatTheyDo(t *testing.T) {
	promtool(t, rules, "check", "rules", "--lint-fatal", "childrens_services.yml", "screens_managers.yml", "screens_public.yml")
	for _, config := range []string{"managers.yml", "public.yml"} {
		promtool(t, "..", "check", "config", config)
	}
	files, err := filepath.Glob(filepath.Join(rules, "*_test.yml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no tests of the rules: %v", err)
	}
	for _, file := range files {
		promtool(t, rules, "test", "rules", filepath.Base(file))
	}
}

func TestEveryAlertHasATestAndItsAnnotations(t *testing.T) {
	groups := alertGroups(t, definitions(t), alerts.DefaultRunbook)
	var tests strings.Builder
	files, err := filepath.Glob(filepath.Join(rules, "*_test.yml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
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
			for _, annotation := range []string{"summary", "description", "runbook_url", "dashboard_url"} {
				if strings.TrimSpace(rule.Annotations[annotation]) == "" {
					t.Errorf("%s has no annotation %s", rule.Alert, annotation)
				}
			}
			onIndicators := group.Name == "childrens_services_targets" || group.Name == "childrens_services_work"
			if guarded := strings.Contains(rule.Expr, "unless on (authority) (childrens_exporter_stale{"); guarded != onIndicators {
				t.Errorf("%s is silent while data are stale: %t", rule.Alert, guarded)
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
	groups := alertGroups(t, definitions(t), alerts.DefaultRunbook)
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
			_, uid, _ := strings.Cut(rule.Annotations["dashboard_url"], "/d/")
			uid, _, _ = strings.Cut(uid, "?")
			if !strings.Contains(known.String(), `"uid": "`+uid+`"`) {
				t.Errorf("%s leads to %q, which is no dashboard", rule.Alert, uid)
			}
		}
	}
}

// TestEveryAlertHasItsSectionInTheRunbook: the link of a message leads to a section on this alert, and no section is left
// of an alert that is gone.
func TestEveryAlertHasItsSectionInTheRunbook(t *testing.T) {
	text, err := os.ReadFile("../../../docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	sections := map[string]bool{}
	for _, heading := range regexp.MustCompile(`(?m)^## (Children\w+)$`).FindAllStringSubmatch(string(text), -1) {
		sections[strings.ToLower(heading[1])] = false
	}
	groups := alertGroups(t, definitions(t), "https://example.org/operations.md")
	for _, group := range groups {
		for _, rule := range group.Rules {
			section, in := strings.CutPrefix(rule.Annotations["runbook_url"], "https://example.org/operations.md#")
			if _, exists := sections[section]; !in || !exists || section != strings.ToLower(rule.Alert) {
				t.Errorf("%s links to %s, which is no section of docs/operations.md", rule.Alert, rule.Annotations["runbook_url"])
			}
			sections[section] = true
		}
	}
	for section, used := range sections {
		if !used {
			t.Errorf("docs/operations.md has a section %s, but there is no such alert", section)
		}
	}
}

// A red indicator is one click away from its own page, whatever it is.
func TestAlertOnAnIndicatorLeadsToItsChapter(t *testing.T) {
	loaded := definitions(t)
	groups := alertGroups(t, loaded, alerts.DefaultRunbook)
	for _, indicator := range loaded.Indicators() {
		chapter := board.ChapterOf(loaded, indicator)
		matching := 0
		for _, rule := range groups[0].Rules {
			_, after, _ := strings.Cut(rule.Expr, "topic=~\"")
			topics, _, _ := strings.Cut(after, "\"")
			if !slices.Contains(strings.Split(topics, "|"), indicator.Cohort.Topic) {
				continue
			}
			matching++
			if want := "/d/" + chapter.UID() + "?var-indicator={{ $labels.indicator }}"; !strings.HasSuffix(rule.Annotations["dashboard_url"], want) || rule.Labels["source"] != indicator.Cohort.Source {
				t.Errorf("%s: %s of %s leads to %s", indicator.Name, rule.Alert, rule.Labels["source"], rule.Annotations["dashboard_url"])
			}
		}
		if matching != 3 {
			t.Errorf("%d alerts look at %s, not off target and two of change", matching, indicator.Name)
		}
	}
}

// A topic read from both databases could not be silenced for one of them.
func TestTopicOfTwoSourcesIsRefused(t *testing.T) {
	loaded := definitions(t)
	moved := *loaded.Cohorts[0]
	moved.Source = map[string]string{"social_care": "education", "education": "social_care"}[moved.Source]
	loaded.Cohorts = append(loaded.Cohorts, &moved)
	if _, err := alerts.Write(loaded, alerts.DefaultRunbook); err == nil || !strings.Contains(err.Error(), moved.Topic) {
		t.Errorf("got %v", err)
	}
}

// primaryKinds are the kinds of report period by which the exporter rates the indicators with a target.
func primaryKinds(t *testing.T, loaded *definition.Catalogue) map[*definition.Indicator]calendar.Kind {
	t.Helper()
	cal, err := config.Settings{}.NewCalendar()
	if err != nil {
		t.Fatal(err)
	}
	var observations []definition.PeriodObservation
	for _, indicator := range loaded.Indicators() {
		if indicator.Target == nil {
			continue
		}
		for _, period := range reportperiod.Served(cal, indicator.Cohort, calendar.Date(2026, time.November, 27)) {
			observations = append(observations, definition.PeriodObservation{
				ReportPeriod: period,
				Observation:  definition.Observation{Indicator: indicator, Value: new(*indicator.Target), Numerator: new(50.0), Denominator: new(100.0)},
			})
		}
	}
	primary := rag.PrimaryKind(observations)
	rated := map[*definition.Indicator]map[int]bool{}
	for _, rating := range rag.TrimForScrape(rag.Policy{}.PeriodRatings(observations), primary) {
		if rating.Status != nil {
			if rated[rating.Observation.Indicator] == nil {
				rated[rating.Observation.Indicator] = map[int]bool{}
			}
			rated[rating.Observation.Indicator][rating.Offset] = true
		}
	}
	for _, indicator := range loaded.Indicators() {
		if indicator.Target != nil && (!rated[indicator][1] || !rated[indicator][2]) {
			t.Errorf("%s has a target and no status for the last two closed periods of a kind", indicator.Name)
		}
	}
	return primary
}

// An indicator with a target whose periods the alert does not select would be off target for years without anybody
// being alerted.
func TestEveryIndicatorWithATargetCanAlertThatItIsOffTarget(t *testing.T) {
	primary := primaryKinds(t, definitions(t))
	if len(primary) < 40 {
		t.Fatalf("%d indicators with a target prove nothing", len(primary))
	}
	written, err := filepath.Abs(filepath.Join(rules, "childrens_services.yml"))
	if err != nil {
		t.Fatal(err)
	}
	var test strings.Builder
	fmt.Fprintf(&test, "rule_files: [%s]\nevaluation_interval: 5m\ntests:\n  - interval: 5m\n    input_series:\n", written)
	for _, source := range []string{"social_care", "education"} {
		fmt.Fprintf(&test, "      - {series: 'childrens_exporter_stale{authority=\"w\",source=%q}', values: '0x30'}\n", source)
	}
	for indicator, kind := range primary {
		fmt.Fprintf(&test, "      - {series: 'childrens_indicator_info{authority=\"w\",indicator=%q,topic=%q,unit=%q}', values: '1x30'}\n",
			indicator.Name, indicator.Cohort.Topic, indicator.Unit)
		for offset := 1; offset <= 2; offset++ {
			fmt.Fprintf(&test, "      - {series: 'childrens_indicator_period_rag{authority=\"w\",indicator=%q,window=%q,offset=\"%d\",period=\"%d\"}', values: '2x30'}\n",
				indicator.Name, kind, offset, offset)
		}
	}
	test.WriteString("    promql_expr_test:\n      - expr: count by (indicator) (ALERTS{alertname=\"ChildrenIndicatorOffTarget\",alertstate=\"firing\"})\n" +
		"        eval_time: 2h\n        exp_samples:\n")
	for indicator := range primary {
		fmt.Fprintf(&test, "          - {labels: '{indicator=%q}', value: 1}\n", indicator.Name)
	}
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "off_target_test.yml"), []byte(test.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	promtool(t, folder, "test", "rules", "off_target_test.yml")
}

// An indicator that is published for terms alone has no quarters to compare.
func TestEveryCountAndRatioCanAlertThatItChanged(t *testing.T) {
	loaded := definitions(t)
	cal, err := config.Settings{}.NewCalendar()
	if err != nil {
		t.Fatal(err)
	}
	perYear := map[calendar.Kind]int{}
	for _, report := range calendar.ReportKinds() {
		perYear[report.Kind] = report.PerYear
	}
	written, err := filepath.Abs(filepath.Join(rules, "childrens_services.yml"))
	if err != nil {
		t.Fatal(err)
	}
	var series, firing strings.Builder
	byKind := map[calendar.Kind]int{}
	for _, indicator := range loaded.Indicators() {
		if indicator.Unit != "count" && indicator.Unit != "ratio" {
			continue
		}
		var observations []definition.PeriodObservation
		for _, period := range reportperiod.Served(cal, indicator.Cohort, calendar.Date(2026, time.November, 27)) {
			observations = append(observations, definition.PeriodObservation{ReportPeriod: period, Observation: definition.Observation{Indicator: indicator}})
		}
		kind := rag.PrimaryKind(observations)[indicator]
		if of := reportperiod.PrimaryKind(indicator.Cohort); of != kind {
			t.Errorf("%s is rated by the kind %s, and its cohort's primary kind is %s", indicator.Name, kind, of)
		}
		byKind[kind]++
		now, before := 300.0, 100.0
		if indicator.Unit == "ratio" {
			now, before = 0.9, 0.5
		}
		fmt.Fprintf(&series, "      - {series: 'childrens_indicator_info{authority=\"w\",indicator=%q,topic=%q,unit=%q}', values: '1x30'}\n",
			indicator.Name, indicator.Cohort.Topic, indicator.Unit)
		for _, observation := range observations {
			// The other periods of the indicator stay as they were.
			value := before
			if observation.Period.Kind == kind && observation.Offset == 1 {
				value = now
			}
			labels := fmt.Sprintf("authority=\"w\",indicator=%q,window=%q,offset=\"%d\",period=%q", indicator.Name, observation.Period.Kind, observation.Offset, observation.Period.Label)
			fmt.Fprintf(&series, "      - {series: 'childrens_indicator_period{%s}', values: '%gx30'}\n", labels, value)
			if observation.Period.Kind == kind && (observation.Offset == 1 || observation.Offset == 1+perYear[kind]) {
				fmt.Fprintf(&series, "      - {series: 'childrens_indicator_period_denominator{%s}', values: '100x30'}\n", labels)
			}
		}
		fmt.Fprintf(&firing, "          - {labels: '{indicator=%q}', value: 1}\n", indicator.Name)
	}
	if byKind[calendar.Quarter] < 40 || byKind[calendar.Term] < 3 {
		t.Fatalf("indicators by primary kind %v prove nothing", byKind)
	}
	test := fmt.Sprintf("rule_files: [%s]\nevaluation_interval: 5m\ntests:\n  - interval: 5m\n    input_series:\n%s"+
		"    promql_expr_test:\n      - expr: count by (indicator) (ALERTS{alertname=\"ChildrenIndicatorSuddenChange\",alertstate=\"firing\"})\n"+
		"        eval_time: 2h\n        exp_samples:\n%s", written, series.String(), firing.String())
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "sudden_change_test.yml"), []byte(test), 0o600); err != nil {
		t.Fatal(err)
	}
	promtool(t, folder, "test", "rules", "sudden_change_test.yml")
}
