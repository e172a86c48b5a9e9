package pages

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"childrens-services-exporter/grafana/panels"
)

func TestIdentity(t *testing.T) {
	uids := map[string]bool{}
	for _, dashboard := range allDashboards(t) {
		if dashboard.UID == "" || len(dashboard.UID) > 40 || uids[dashboard.UID] {
			t.Errorf("%s: uid %q is empty, too long or taken", dashboard.Title, dashboard.UID)
		}
		uids[dashboard.UID] = true
		if dashboard.ID != nil || dashboard.SchemaVersion != 42 || dashboard.Refresh != "5m" || dashboard.Description == "" {
			t.Errorf("%s: id %v, schema %d, refresh %q, description %q", dashboard.Title, dashboard.ID, dashboard.SchemaVersion, dashboard.Refresh, dashboard.Description)
		}
		ids := map[int]bool{}
		for _, panel := range dashboard.Panels {
			if panel.ID == 0 || ids[panel.ID] {
				t.Errorf("%s: panel id %d is 0 or taken", dashboard.Title, panel.ID)
			}
			ids[panel.ID] = true
		}
	}
}

func TestGrid(t *testing.T) {
	for _, dashboard := range allDashboards(t) {
		// A kiosk of 1080 pixels shows 27 rows.
		taken, lowest := map[[2]int]int{}, 0
		for _, panel := range dashboard.Panels {
			at := panel.GridPos
			if at.W < 1 || at.H < 1 || at.X+at.W > 24 {
				t.Errorf("%s: panel %d lies outside the grid: %+v", dashboard.Title, panel.ID, at)
			}
			for x := at.X; x < at.X+at.W; x++ {
				for y := at.Y; y < at.Y+at.H; y++ {
					if other := taken[[2]int{x, y}]; other != 0 {
						t.Fatalf("%s: panels %d and %d overlap", dashboard.Title, other, panel.ID)
					}
					taken[[2]int{x, y}] = panel.ID
				}
			}
			lowest = max(lowest, at.Y+at.H)
		}
		if dashboard.isWallboard() && lowest > 27 {
			t.Errorf("%s: %d rows would have to be scrolled on a wall", dashboard.Title, lowest)
		}
	}
}

func TestWords(t *testing.T) {
	for _, dashboard := range allDashboards(t) {
		for _, panel := range dashboard.Panels {
			defaults := panel.FieldConfig.Defaults
			if len(panel.Description) < 20 {
				t.Errorf("%s: panel %d has no description", dashboard.Title, panel.ID)
			}
			// Grafana's own titles cannot be read at four metres: a tile's title and the
			// captions of a header are letters of their own, in panels without a frame.
			if panel.Title == "" && !panel.Transparent {
				t.Errorf("%s: panel %d has no title", dashboard.Title, panel.ID)
			}
			if panel.Type == "text" {
				continue
			}
			// A line of the selected indicator takes what its axis needs: see panels.History.
			selected := panel.Type == "timeseries" && strings.Contains(panel.Targets[0].Expr, "$indicator")
			if defaults.Unit == nil || defaults.Decimals == nil && !selected || defaults.NoValue == nil {
				t.Errorf("%s: panel %d lacks a unit, decimals or words for no value", dashboard.Title, panel.ID)
			}
			if len(panel.Targets) == 0 || panel.Datasource.UID == "" {
				t.Errorf("%s: panel %d has no query", dashboard.Title, panel.ID)
			}
			refs := map[string]bool{}
			for _, target := range panel.Targets {
				if refs[target.RefID] || target.LegendFormat == "" && target.Format != "table" {
					t.Errorf("%s: panel %d, query %s: taken, or without a legend", dashboard.Title, panel.ID, target.RefID)
				}
				refs[target.RefID] = true
			}
		}
	}
}

func TestLoad(t *testing.T) {
	for _, dashboard := range allDashboards(t) {
		queries := 0
		for _, panel := range dashboard.Panels {
			for _, target := range panel.Targets {
				if !panel.Shared {
					queries++
				}
				if target.Instant == target.Range {
					t.Errorf("%s: panel %d, query %s is both for now and over time, or neither", dashboard.Title, panel.ID, target.RefID)
				}
				if over := strings.Contains(target.Expr, "_over_time("); over != target.Range {
					t.Errorf("%s: panel %d: only what is drawn over time may reach back, so that stale data vanish", dashboard.Title, panel.ID)
				}
				if dashboard.isWallboard() && target.Range {
					t.Errorf("%s: panel %d: a wallboard queries now only", dashboard.Title, panel.ID)
				}
			}
		}
		if most := map[bool]int{true: 50, false: 25}[dashboard.isWallboard()]; queries > most {
			t.Errorf("%s: %d queries, more than %d", dashboard.Title, queries, most)
		}
	}
}

func TestWallboardsArePublic(t *testing.T) {
	for _, dashboard := range allDashboards(t) {
		if !dashboard.isWallboard() {
			continue
		}
		for _, panel := range dashboard.Panels {
			if len(panel.Targets) > 0 && !panel.isPublic() {
				t.Errorf("%s: panel %d queries %s", dashboard.Title, panel.ID, panel.Datasource.UID)
			}
		}
		if strings.Contains(dashboard.Text, `"uid": "`+string(panels.Managers)+`"`) || len(dashboard.Templating.List) > 0 {
			t.Errorf("%s: a wallboard has one data source and no variables", dashboard.Title)
		}
	}
}

func TestColours(t *testing.T) {
	colour := regexp.MustCompile(`#[0-9A-Fa-f]{3,8}\b|(?i)"(dark-|light-|semi-dark-)?(red|green|yellow|orange|blue|purple)"|rgba?\(`)
	for _, dashboard := range allDashboards(t) {
		for _, match := range colour.FindAllString(dashboard.Text, -1) {
			if !slices.Contains(panels.Palette(), match) {
				t.Errorf("%s: colour %s is not of the palette", dashboard.Title, match)
			}
		}
	}
}
