package dashboardquery_test

import (
	"strings"
	"testing"
	"time"

	"childrens-services-exporter/internal/dashboardquery"
)

const dashboards = "../../grafana/dashboards"

// TestEveryQueryIsWrittenAsGrafanaWould: a variable that is not known here would
// make the checks that ask these queries look at something else.
func TestEveryQueryIsWrittenAsGrafanaWould(t *testing.T) {
	pages, err := dashboardquery.Read(dashboards)
	if err != nil {
		t.Fatal(err)
	}
	queries := 0
	for _, page := range pages {
		for _, query := range page.Queries {
			queries++
			expanded, err := page.Expand(query, page.Base(), page.Step(query))
			if err != nil {
				t.Error(err)
			}
			if strings.Contains(expanded, "$team") || strings.Contains(expanded, "$__") || strings.Contains(expanded, "${") {
				t.Errorf("%s: %s: a variable is left in %s", page.Title, query.Panel, expanded)
			}
			if query.Source != "childrens" && query.Source != "childrens-public" {
				t.Errorf("%s: %s asks %q", page.Title, query.Panel, query.Source)
			}
			if page.Folder == "Wallboards" && (query.Source != "childrens-public" || !query.Instant) {
				t.Errorf("%s: %s is no instant query of the public data source", page.Title, query.Panel)
			}
		}
	}
	if queries < 300 {
		t.Errorf("%d queries on %d pages are not all", queries, len(pages))
	}
}

func TestExpand(t *testing.T) {
	page := dashboardquery.Page{Title: "Page", Range: 24 * time.Hour}
	picks := dashboardquery.Variables{"indicator": "childrens_plans", "team": "North", "window": ""}
	for expression, want := range map[string]string{
		`{__name__="${indicator}_by_team", team=~"$team", window=~"|$window"}`:   `{__name__="childrens_plans_by_team", team=~"North", window=~"|"}`,
		`rate(up[$__rate_interval]) + max_over_time(up[$__range]) + $__interval`: `rate(up[240s]) + max_over_time(up[86400s]) + 60s`,
		`label_replace(up, "a", "$1 of", "b", "(.*)")`:                           `label_replace(up, "a", "$1 of", "b", "(.*)")`,
		`up{team="${team:regex}"}`:                                               `up{team="North"}`,
	} {
		if got, err := page.Expand(dashboardquery.Query{Expr: expression}, picks, time.Minute); err != nil || got != want {
			t.Errorf("%s\nbecomes %s, %v\n   want %s", expression, got, err, want)
		}
	}
	if _, err := page.Expand(dashboardquery.Query{Panel: "Panel", Expr: "up{a=\"$school\"}"}, picks, time.Minute); err == nil || err.Error() != "Page: Panel: no value for the variable $school" {
		t.Errorf("a variable that is not known: %v", err)
	}
}

// TestStep: a panel that looks back four weeks by half days draws 56 points, whatever its page looks back.
func TestStep(t *testing.T) {
	pages, err := dashboardquery.Read(dashboards)
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range pages {
		for _, query := range page.Queries {
			if page.UID == "childrens-manager-morning" && query.Panel == "Visits on time (dashed: target)" && !query.Instant {
				if step := page.Step(query); step != 24*time.Hour || query.Range != 28*24*time.Hour {
					t.Errorf("a trend of %v by %v", query.Range, step)
				}
				return
			}
		}
	}
	t.Error("no trend was found")
}
