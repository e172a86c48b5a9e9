package pages

import (
	"encoding/json"
	"slices"
	"testing"

	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/grafana/panels"
)

// dashboardJSON is a dashboard as Grafana reads it.
type dashboardJSON struct {
	Folder string `json:"-"`
	Text   string `json:"-"`

	UID           string  `json:"uid"`
	ID            *int    `json:"id"`
	Title         string  `json:"title"`
	Description   string  `json:"description"`
	SchemaVersion int     `json:"schemaVersion"`
	Refresh       string  `json:"refresh"`
	Panels        []panel `json:"panels"`
	Templating    struct {
		List []struct {
			Name, Query string
			Datasource  source
		}
	} `json:"templating"`
}

type source struct{ UID string }

type panel struct {
	ID                       int
	Type, Title, Description string
	Transparent              bool
	Datasource               source
	GridPos                  struct{ X, Y, W, H int }
	Targets                  []target
	// Shared is true where the panel shows the result of another, whose targets and data source these then are.
	Shared      bool `json:"-"`
	FieldConfig struct {
		Defaults struct {
			Unit, NoValue *string
			Decimals      *float64
		}
	}
}

type target struct {
	Expr, LegendFormat, RefID, Format string
	Instant, Range                    bool
	PanelID                           int
}

func definitions(t *testing.T) *definition.Catalogue {
	t.Helper()
	loaded, err := definition.Load(config.Settings{}, definition.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	return loaded
}

func allDashboards(t *testing.T) []dashboardJSON {
	t.Helper()
	var all []dashboardJSON
	for _, dashboard := range All(definitions(t)) {
		text, err := dashboard.JSON()
		if err != nil {
			t.Fatal(err)
		}
		decoded := dashboardJSON{Folder: dashboard.Folder, Text: string(text)}
		if err := json.Unmarshal(text, &decoded); err != nil {
			t.Fatal(err)
		}
		decoded.resolveShared(t)
		all = append(all, decoded)
	}
	return all
}

// resolveShared gives the panels that show another's result the queries of that one.
func (w dashboardJSON) resolveShared(t *testing.T) {
	t.Helper()
	for i := range w.Panels {
		shown := &w.Panels[i]
		if shown.Datasource.UID != "-- Dashboard --" {
			continue
		}
		original := slices.IndexFunc(w.Panels, func(other panel) bool { return other.ID == shown.Targets[0].PanelID })
		if original < 0 || len(shown.Targets) != 1 || w.Panels[original].Datasource.UID == shown.Datasource.UID {
			t.Fatalf("%s: panel %d shows the result of a panel without a query", w.Title, shown.ID)
		}
		shown.Targets, shown.Datasource, shown.Shared = w.Panels[original].Targets, w.Panels[original].Datasource, true
	}
}

func (w dashboardJSON) isWallboard() bool { return w.Folder == "Wallboards" }

// where the data source is the public one, the public page is all there is.
func (p panel) isPublic() bool { return p.Datasource.UID == string(panels.Public) }
