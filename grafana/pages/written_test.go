package pages

import (
	"encoding/json"
	"testing"

	"childrens-services-exporter/exporter/catalogue"
	"childrens-services-exporter/grafana/screen"
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
	FieldConfig              struct {
		Defaults struct {
			Unit, NoValue *string
			Decimals      *float64
		}
	}
}

type target struct {
	Expr, LegendFormat, RefID, Format string
	Instant, Range                    bool
}

func definitions(t *testing.T) *catalogue.Catalogue {
	t.Helper()
	loaded, err := catalogue.Load(catalogue.Settings{}, catalogue.Embedded())
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
		boards = append(boards, one)
	}
	return boards
}

func (w written) wall() bool { return w.Folder == "Wallboards" }

// where the data source is the public one, the public page is all there is.
func (p panel) public() bool { return p.Datasource.UID == string(screen.Public) }
