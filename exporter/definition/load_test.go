package definition_test

import (
	"strings"
	"testing"

	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition"
)

func TestLaterLayerReplacesAPair(t *testing.T) {
	own := layer("plans.yaml", replaceOnce(t, plansYAML, "title: Plans", "title: Plans as we count them"), "plans.sql", "select 2")
	catalogue := load(t, config.Settings{}, plans(plansYAML), own)
	if len(catalogue.Cohorts) != 1 {
		t.Fatalf("%d cohorts", len(catalogue.Cohorts))
	}
	if got := catalogue.Indicators()[0].Title; got != "Plans as we count them" {
		t.Errorf("title %q", got)
	}
	if got := catalogue.Cohorts[0].SQL; got != "select 2" {
		t.Errorf("SQL %q", got)
	}
	if got := catalogue.Limits["visit"].Value; got != 10 {
		t.Errorf("a layer without limits made the limit %d", got)
	}
}

func TestLaterLayerNeedsBothHalves(t *testing.T) {
	const want = "child_protection/plans.sql: its other half plans.yaml is missing; a cohort is a pair of files"
	if got := loadError(t, config.Settings{}, plans(plansYAML), layer("plans.sql", "select 2")); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestLaterLayerAddsACohortAndReplacesALimit(t *testing.T) {
	own := layer(
		"visits.yaml", replaceOnce(t, plansYAML, "name: childrens_plans", "name: childrens_visits"), "visits.sql", plansSQL,
		"limits.yaml", replaceOnce(t, limitsYAML, "value: 10", "value: 15"))
	catalogue := load(t, config.Settings{}, plans(plansYAML), own)
	var names []string
	for _, indicator := range catalogue.Indicators() {
		names = append(names, indicator.Name)
	}
	if got := strings.Join(names, " "); got != "childrens_plans childrens_visits" {
		t.Errorf("indicators %s", got)
	}
	if got := catalogue.Limits["visit"].Value; got != 15 {
		t.Errorf("limit %d", got)
	}
}

func TestLimitTwiceInALayer(t *testing.T) {
	own := plans(plansYAML)
	own["looked_after/limits.yaml"] = own["child_protection/limits.yaml"]
	const want = "looked_after/limits.yaml:3: limit visit is in another limits.yaml too; keep one"
	if got := loadError(t, config.Settings{}, own); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestHiddenFilesAreIgnored(t *testing.T) {
	own := plans(plansYAML)
	own["child_protection/.plans.yaml.swp"] = own["child_protection/limits.yaml"]
	own["child_protection/..2026_03_31/plans.yaml"] = own["child_protection/plans.yaml"]
	own["README.md"] = own["child_protection/plans.yaml"]
	if got := len(load(t, config.Settings{}, own).Indicators()); got != 1 {
		t.Errorf("%d indicators", got)
	}
}

func TestEmbeddedDefinitionsAreValid(t *testing.T) {
	catalogue := load(t, config.Settings{}, definition.Embedded())
	for _, cohort := range catalogue.Cohorts {
		if names := definition.Identifiers(cohort.SQL); !names["period"] || !names["kind"] || !names["ends"] {
			t.Errorf("%s: its rows do not belong to periods", cohort.Name)
		}
		if !strings.HasPrefix(cohort.SQL, "-- A row is ") {
			t.Errorf("%s: the SQL does not begin by saying what a row is", cohort.Name)
		}
	}
}
