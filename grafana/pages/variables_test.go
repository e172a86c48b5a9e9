package pages

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// expand writes an expression as Grafana does once something is selected.
func expand(expression, indicator, window string) string {
	return strings.NewReplacer("${indicator}", indicator, "$indicator", indicator, "$window", window, "$team", "North").Replace(expression)
}

func (w dashboardJSON) hasIndicatorVariable() bool {
	for _, variable := range w.Templating.List {
		if variable.Name == "indicator" {
			return true
		}
	}
	return false
}

// selectableIndicators are the indicators that a board lets one pick: those of its page, or all.
func selectableIndicators(t *testing.T, dashboard dashboardJSON) []string {
	t.Helper()
	c := definitions(t)
	var names []string
	for _, chapter := range topics(c) {
		if dashboard.UID == chapter.UID() {
			for _, indicator := range chapter.Indicators(c) {
				names = append(names, indicator.Name)
			}
		}
	}
	if names == nil {
		for _, indicator := range c.Indicators() {
			names = append(names, indicator.Name)
		}
	}
	return names
}

// An indicator that no page draws is one that nobody sees. The page offers it in its list, and draws its own family and
// its groups once it is selected.
func TestEveryIndicatorIsOnItsPage(t *testing.T) {
	c := definitions(t)
	byUID := map[string]dashboardJSON{}
	for _, dashboard := range allDashboards(t) {
		byUID[dashboard.UID] = dashboard
	}
	offered := regexp.MustCompile(`^query_result\(childrens_indicator_info\{topic=~"(.+)"\}\)$`)
	for _, chapter := range topics(c) {
		dashboard := byUID[chapter.UID()]
		var all strings.Builder
		for _, panel := range dashboard.Panels {
			for _, target := range panel.Targets {
				all.WriteString(target.Expr + "\n")
			}
		}
		var offers []string
		for _, variable := range dashboard.Templating.List {
			if match := offered.FindStringSubmatch(variable.Query); match != nil {
				offers = strings.Split(match[1], "|")
			}
		}
		for _, selector := range []string{`__name__="$indicator"`, `__name__=~"${indicator}_by_`} {
			if !strings.Contains(all.String(), selector) {
				t.Errorf("%s: no expression has %s", dashboard.Title, selector)
			}
		}
		for _, indicator := range chapter.Indicators(c) {
			if !slices.Contains(offers, indicator.Cohort.Topic) {
				t.Errorf("%s: the picker of %v does not offer %s of %s", dashboard.Title, offers, indicator.Name, indicator.Cohort.Topic)
			}
		}
	}
}

// TestTilesExist: a tile whose indicator is gone from the catalogue would be left out in silence.
func TestTilesExist(t *testing.T) {
	c := definitions(t)
	exists := func(page, name string) {
		if _, err := c.Indicator(name); err != nil {
			t.Errorf("%s: %s: %v", page, name, err)
		}
	}
	for _, part := range topics(c) {
		for _, name := range part.Tiles {
			exists(part.Title, name)
		}
	}
	for _, part := range wallboards() {
		if len(part.Tiles) < 6 || len(part.Tiles) > 9 {
			t.Errorf("%s has %d tiles", part.Title, len(part.Tiles))
		}
		for _, tile := range part.Tiles {
			exists(part.Title, tile.Indicator)
		}
	}
}
