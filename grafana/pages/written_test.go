package pages

import (
	"encoding/json"
	"slices"
	"testing"

	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/grafana/panels"
)

// written is a dashboard as Grafana reads it.
type written struct {
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
	// Shared is true where the panel shows the answer of another, whose targets and data source these then are.
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

func everyBoard(t *testing.T) []written {
	t.Helper()
	var boards []written
	for _, board := range All(definitions(t)) {
		text, err := board.JSON()
		if err != nil {
			t.Fatal(err)
		}
		one := written{Folder: board.Folder, Text: string(text)}
		if err := json.Unmarshal(text, &one); err != nil {
			t.Fatal(err)
		}
		one.share(t)
		boards = append(boards, one)
	}
	return boards
}

// share gives the panels that show another's answer what that one asks.
func (w written) share(t *testing.T) {
	t.Helper()
	for i := range w.Panels {
		one := &w.Panels[i]
		if one.Datasource.UID != "-- Dashboard --" {
			continue
		}
		asked := slices.IndexFunc(w.Panels, func(other panel) bool { return other.ID == one.Targets[0].PanelID })
		if asked < 0 || len(one.Targets) != 1 || w.Panels[asked].Datasource.UID == one.Datasource.UID {
			t.Fatalf("%s: panel %d shows the answer of a panel that asks nothing", w.Title, one.ID)
		}
		one.Targets, one.Datasource, one.Shared = w.Panels[asked].Targets, w.Panels[asked].Datasource, true
	}
}

func (w written) wall() bool { return w.Folder == "Wallboards" }

// where the data source is the public one, the public page is all there is.
func (p panel) public() bool { return p.Datasource.UID == string(panels.Public) }
