// Package alertmanager_test reads alertmanager.yml as Alertmanager itself does, beside the rules whose alerts it sends. It is
// a module of its own, so that the exporter does not depend on all that Alertmanager does.
package alertmanager_test

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"text/template"
	"time"

	"github.com/prometheus/alertmanager/config"
	"github.com/prometheus/alertmanager/config/common"
	"github.com/prometheus/common/model"
	"go.yaml.in/yaml/v3"
)

// rule is an alert as the rules file has it.
type rule struct {
	Alert       string            `yaml:"alert"`
	Labels      map[string]string `yaml:"labels"`
	Annotations map[string]string `yaml:"annotations"`

	// onValues is true of an alert on an indicator, not on whether it can be trusted.
	onValues bool
}

func rules(t *testing.T) []rule {
	t.Helper()
	text, err := os.ReadFile("../prometheus/rules/childrens_services.yml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Groups []struct {
			Name  string `yaml:"name"`
			Rules []rule `yaml:"rules"`
		} `yaml:"groups"`
	}
	if err := yaml.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	var all []rule
	for _, group := range file.Groups {
		for _, one := range group.Rules {
			one.onValues = group.Name == "childrens_services_targets" || group.Name == "childrens_services_work"
			all = append(all, one)
		}
	}
	if len(all) < 20 {
		t.Fatalf("only %d rules", len(all))
	}
	return all
}

func settings(t *testing.T) *config.Config {
	t.Helper()
	read, err := config.LoadFile("alertmanager.yml")
	if err != nil {
		t.Fatal(err)
	}
	return read
}

// labels are those that an alert arrives with.
func (r rule) labels() model.LabelSet {
	set := model.LabelSet{"alertname": model.LabelValue(r.Alert), "authority": "w"}
	for name, value := range r.Labels {
		set[model.LabelName(name)] = model.LabelValue(value)
	}
	if strings.Contains(r.Annotations["where"], "$labels.source") {
		set["source"] = "social_care" // the series has it
	}
	if strings.Contains(r.Annotations["summary"], "$labels.indicator") {
		set["indicator"] = "childrens_cp_visits_on_time_ratio"
	}
	return set
}

func matches(wanted common.Matchers, set model.LabelSet) bool {
	for _, one := range wanted {
		if !one.Matches(string(set[model.LabelName(one.Name)])) {
			return false
		}
	}
	return true
}

// route is the one that an alert takes: the first below the root that it matches.
func route(root *config.Route, set model.LabelSet) *config.Route {
	for _, one := range root.Routes {
		if matches(one.Matchers, set) {
			return one
		}
	}
	return root
}

func TestEveryReceiverHasMailAndTeams(t *testing.T) {
	read := settings(t)
	if len(read.Receivers) != 2 {
		t.Errorf("%d receivers", len(read.Receivers))
	}
	for _, receiver := range read.Receivers {
		if len(receiver.EmailConfigs) != 1 || len(receiver.MSTeamsV2Configs) != 1 {
			t.Errorf("%s has %d mails and %d Teams", receiver.Name, len(receiver.EmailConfigs), len(receiver.MSTeamsV2Configs))
		}
	}
}

func TestOneMessageADayForAnIndicator(t *testing.T) {
	read := settings(t)
	for _, one := range rules(t) {
		set := one.labels()
		taken := route(read.Route, set)
		if managers := taken.Receiver == "managers"; managers != one.onValues {
			t.Errorf("%s goes to %s", one.Alert, taken.Receiver)
		}
		if !one.onValues {
			continue
		}
		// What is grouped is one message: all teams and all alerts of an indicator.
		if want := []string{"authority", "indicator"}; !slices.Equal(slices.Sorted(slices.Values(taken.GroupByStr)), want) {
			t.Errorf("%s is grouped by %v", one.Alert, taken.GroupByStr)
		}
		if set["indicator"] == "" {
			t.Errorf("%s has no indicator to be grouped by", one.Alert)
		}
		if day := model.Duration(24 * time.Hour); *taken.RepeatInterval != day || *taken.GroupInterval != day {
			t.Errorf("%s is told every %s and %s", one.Alert, taken.RepeatInterval, taken.GroupInterval)
		}
	}
}

func TestBrokenPublicRuleIsToldAtOnce(t *testing.T) {
	taken := route(settings(t).Route, model.LabelSet{"alertname": "ChildrenPublicRuleBroken", "authority": "w"})
	if taken.Receiver != "operations" || *taken.GroupWait != 0 {
		t.Errorf("it goes to %s after %s", taken.Receiver, taken.GroupWait)
	}
}

func inhibits(read *config.Config, source, target model.LabelSet) bool {
	return slices.ContainsFunc(read.InhibitRules, func(rule common.InhibitRule) bool {
		for _, name := range rule.Equal {
			if source[model.LabelName(name)] != target[model.LabelName(name)] {
				return false
			}
		}
		return matches(rule.SourceMatchers, source) && matches(rule.TargetMatchers, target)
	})
}

func TestStaleDataSilenceWhatIsSaidOfThem(t *testing.T) {
	read := settings(t)
	stale := func(source, authority string) model.LabelSet {
		return model.LabelSet{"alertname": "ChildrenDataStale", "authority": model.LabelValue(authority), "source": model.LabelValue(source)}
	}
	down := model.LabelSet{"alertname": "ChildrenExporterDown", "authority": "w"}
	for _, one := range rules(t) {
		target := one.labels()
		source := string(target["source"])
		if one.onValues && !inhibits(read, stale(source, "w"), target) {
			t.Errorf("%s of %s is not silenced by stale data", one.Alert, source)
		}
		other := strings.NewReplacer("social_care", "education", "education", "social_care").Replace(source)
		if inhibits(read, stale(other, "w"), target) || inhibits(read, stale(source, "elsewhere"), target) {
			t.Errorf("%s of %s is silenced by another's stale data", one.Alert, source)
		}
		spared := one.Alert == "ChildrenPublicRuleBroken" || one.Alert == "ChildrenExporterDown"
		if inhibits(read, down, target) == spared {
			t.Errorf("%s is silenced while the exporter is down: %t", one.Alert, !spared)
		}
	}
}

// A message says what, where, since when, what to do and where to look, from what
// every rule gives.
func TestMessageTellsEverything(t *testing.T) {
	type alert struct {
		Status      string
		StartsAt    time.Time
		Annotations map[string]string
	}
	for _, receiver := range settings(t).Receivers {
		if receiver.EmailConfigs[0].Text != receiver.MSTeamsV2Configs[0].Text {
			t.Errorf("%s tells mail and Teams different things", receiver.Name)
		}
		message, err := template.New("message").Parse(receiver.EmailConfigs[0].Text)
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range rules(t) {
			var told strings.Builder
			began := time.Date(2026, time.November, 27, 8, 30, 0, 0, time.UTC)
			if err := message.Execute(&told, map[string]any{"Alerts": []alert{{"firing", began, one.Annotations}}}); err != nil {
				t.Fatal(err)
			}
			for _, said := range append(slices.Collect(maps.Values(one.Annotations)), "27 November 2026 08:30") {
				if !strings.Contains(told.String(), said) {
					t.Errorf("%s: the message of %s does not say %q", receiver.Name, one.Alert, said)
				}
			}
		}
	}
}
