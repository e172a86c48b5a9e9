package pages

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// picked writes an expression as Grafana does once something is picked.
func picked(expression, indicator, window string) string {
	return strings.NewReplacer("${indicator}", indicator, "$indicator", indicator, "$window", window, "$team", "North").Replace(expression)
}

func (w written) picksIndicator() bool {
	for _, variable := range w.Templating.List {
		if variable.Name == "indicator" {
			return true
		}
	}
	return false
}

// shownBy are the indicators that a board lets one pick: those of its page, or all.
func shownBy(t *testing.T, board written) []string {
	t.Helper()
	c := definitions(t)
	var names []string
	for _, one := range topics(c) {
		if board.UID == one.UID() {
			for _, indicator := range one.Indicators(c) {
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

// TestEveryIndicatorIsOnItsPage: an indicator that no page draws is one that nobody sees. The page offers it in its
// picker, and draws its own family and its groups once it is picked.
func TestEveryIndicatorIsOnItsPage(t *testing.T) {
	c := definitions(t)
	boards := map[string]written{}
	for _, board := range everyBoard(t) {
		boards[board.UID] = board
	}
	offered := regexp.MustCompile(`^query_result\(childrens_indicator_info\{topic=~"(.+)"\}\)$`)
	for _, one := range topics(c) {
		board := boards[one.UID()]
		var all strings.Builder
		for _, panel := range board.Panels {
			for _, target := range panel.Targets {
				all.WriteString(target.Expr + "\n")
			}
		}
		var offers []string
		for _, variable := range board.Templating.List {
			if found := offered.FindStringSubmatch(variable.Query); found != nil {
				offers = strings.Split(found[1], "|")
			}
		}
		for _, drawn := range []string{`__name__="$indicator"`, `__name__=~"${indicator}_by_`} {
			if !strings.Contains(all.String(), drawn) {
				t.Errorf("%s: no expression has %s", board.Title, drawn)
			}
		}
		for _, indicator := range one.Indicators(c) {
			if !slices.Contains(offers, indicator.Cohort.Topic) {
				t.Errorf("%s: the picker of %v does not offer %s of %s", board.Title, offers, indicator.Name, indicator.Cohort.Topic)
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
	for _, one := range topics(c) {
		for _, name := range one.Tiles {
			exists(one.Title, name)
		}
	}
	for _, one := range walls() {
		if len(one.Tiles) < 6 || len(one.Tiles) > 9 {
			t.Errorf("%s has %d tiles", one.Title, len(one.Tiles))
		}
		for _, tile := range one.Tiles {
			exists(one.Title, tile.Indicator)
		}
	}
}
