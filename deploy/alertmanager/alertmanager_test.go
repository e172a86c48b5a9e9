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

	// onIndicator is true of an alert on an indicator's values, false of one on whether they can be relied on.
	onIndicator bool
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
		for _, alert := range group.Rules {
			if alert.Alert == "" {
				continue // a recording rule, which sends nothing
			}
			alert.onIndicator = group.Name == "childrens_services_targets" || group.Name == "childrens_services_work"
			all = append(all, alert)
		}
	}
	if len(all) < 20 {
		t.Fatalf("only %d rules", len(all))
	}
	return all
}

func settings(t *testing.T) *config.Config {
	t.Helper()
	loaded, err := config.LoadFile("alertmanager.yml")
	if err != nil {
		t.Fatal(err)
	}
	return loaded
}

// labels are those that an alert arrives with.
func (r rule) labels() model.LabelSet {
	set := model.LabelSet{"alertname": model.LabelValue(r.Alert), "authority": "w"}
	for name, value := range r.Labels {
		set[model.LabelName(name)] = model.LabelValue(value)
	}
	if strings.Contains(r.Annotations["description"], "$labels.source") {
		set["source"] = "social_care" // the series has it
	}
	if strings.Contains(r.Annotations["summary"], "$labels.indicator") {
		set["indicator"] = "childrens_cp_visits_on_time_ratio"
	}
	return set
}

func matches(wanted common.Matchers, set model.LabelSet) bool {
	for _, matcher := range wanted {
		if !matcher.Matches(string(set[model.LabelName(matcher.Name)])) {
			return false
		}
	}
	return true
}

// route is the one that an alert takes: the first below the root that it matches.
func route(root *config.Route, set model.LabelSet) *config.Route {
	for _, child := range root.Routes {
		if matches(child.Matchers, set) {
			return child
		}
	}
	return root
}

func TestEveryReceiverHasMailAndTeams(t *testing.T) {
	configured := settings(t)
	if len(configured.Receivers) != 2 {
		t.Errorf("%d receivers", len(configured.Receivers))
	}
	for _, receiver := range configured.Receivers {
		if len(receiver.EmailConfigs) != 1 || len(receiver.MSTeamsV2Configs) != 1 {
			t.Errorf("%s has %d mails and %d Teams", receiver.Name, len(receiver.EmailConfigs), len(receiver.MSTeamsV2Configs))
		}
	}
}

func TestOneMessageADayForAnIndicator(t *testing.T) {
	configured := settings(t)
	for _, alert := range rules(t) {
		set := alert.labels()
		chosen := route(configured.Route, set)
		if managers := chosen.Receiver == "managers"; managers != alert.onIndicator {
			t.Errorf("%s goes to %s", alert.Alert, chosen.Receiver)
		}
		if !alert.onIndicator {
			continue
		}
		// What is grouped is one message: all teams and all alerts of an indicator.
		if want := []string{"authority", "indicator"}; !slices.Equal(slices.Sorted(slices.Values(chosen.GroupByStr)), want) {
			t.Errorf("%s is grouped by %v", alert.Alert, chosen.GroupByStr)
		}
		if set["indicator"] == "" {
			t.Errorf("%s has no indicator to be grouped by", alert.Alert)
		}
		if day := model.Duration(24 * time.Hour); *chosen.RepeatInterval != day || *chosen.GroupInterval != day {
			t.Errorf("%s is repeated every %s and %s", alert.Alert, chosen.RepeatInterval, chosen.GroupInterval)
		}
	}
}

func TestBrokenPublicRuleIsSentAtOnce(t *testing.T) {
	chosen := route(settings(t).Route, model.LabelSet{"alertname": "ChildrenPublicRuleBroken", "authority": "w"})
	if chosen.Receiver != "operations" || *chosen.GroupWait != 0 {
		t.Errorf("it goes to %s after %s", chosen.Receiver, chosen.GroupWait)
	}
}

func inhibits(configured *config.Config, source, target model.LabelSet) bool {
	return slices.ContainsFunc(configured.InhibitRules, func(rule common.InhibitRule) bool {
		for _, name := range rule.Equal {
			if source[model.LabelName(name)] != target[model.LabelName(name)] {
				return false
			}
		}
		return matches(rule.SourceMatchers, source) && matches(rule.TargetMatchers, target)
	})
}

func TestStaleDataInhibitAlertsOnTheirValues(t *testing.T) {
	configured := settings(t)
	stale := func(source, authority string) model.LabelSet {
		return model.LabelSet{"alertname": "ChildrenDataStale", "authority": model.LabelValue(authority), "source": model.LabelValue(source)}
	}
	down := model.LabelSet{"alertname": "ChildrenExporterDown", "authority": "w"}
	for _, alert := range rules(t) {
		target := alert.labels()
		source := string(target["source"])
		if alert.onIndicator && !inhibits(configured, stale(source, "w"), target) {
			t.Errorf("%s of %s is not silenced by stale data", alert.Alert, source)
		}
		other := strings.NewReplacer("social_care", "education", "education", "social_care").Replace(source)
		if inhibits(configured, stale(other, "w"), target) || inhibits(configured, stale(source, "elsewhere"), target) {
			t.Errorf("%s of %s is silenced by another's stale data", alert.Alert, source)
		}
		expected := alert.Alert == "ChildrenPublicRuleBroken" || alert.Alert == "ChildrenExporterDown"
		if inhibits(configured, down, target) == expected {
			t.Errorf("%s is silenced while the exporter is down: %t", alert.Alert, !expected)
		}
	}
}

// TestMessageHasEveryAnnotation: a message says what, where, since when, what to do and where to look.
func TestMessageHasEveryAnnotation(t *testing.T) {
	type firing struct {
		Status      string
		StartsAt    time.Time
		Annotations map[string]string
	}
	for _, receiver := range settings(t).Receivers {
		if receiver.EmailConfigs[0].Text != receiver.MSTeamsV2Configs[0].Text {
			t.Errorf("%s has different texts for mail and Teams", receiver.Name)
		}
		message, err := template.New("message").Parse(receiver.EmailConfigs[0].Text)
		if err != nil {
			t.Fatal(err)
		}
		for _, alert := range rules(t) {
			var text strings.Builder
			began := time.Date(2026, time.November, 27, 8, 30, 0, 0, time.UTC)
			if err := message.Execute(&text, map[string]any{"Alerts": []firing{{"firing", began, alert.Annotations}}}); err != nil {
				t.Fatal(err)
			}
			for _, annotation := range append(slices.Collect(maps.Values(alert.Annotations)), "27 November 2026 08:30") {
				if !strings.Contains(text.String(), annotation) {
					t.Errorf("%s: the message of %s lacks %q", receiver.Name, alert.Alert, annotation)
				}
			}
		}
	}
}
