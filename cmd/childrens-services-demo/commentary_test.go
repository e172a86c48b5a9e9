package main

import (
	"log/slog"
	"slices"
	"testing"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/commentary"
	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition"
)

func TestWriteCommentary(t *testing.T) {
	s := &environment{dir: t.TempDir(), today: calendar.Date(2026, 11, 27)}
	path, err := s.writeCommentary()
	if err != nil {
		t.Fatal(err)
	}
	definitions, err := definition.Load(config.Settings{}, definition.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	cal, err := calendar.New(calendar.Options{})
	if err != nil {
		t.Fatal(err)
	}
	collection := commentary.Open(path, commentary.Reader{Calendar: cal, Indicator: definitions.Indicator}, slog.New(slog.DiscardHandler)).Collection()
	latest := collection.Latest(definitions.Indicators(), func(p calendar.Period) bool { return p.Label == "2026-27 Q2" })
	if len(latest) != 3 || len(collection.Events) != 2 || len(collection.Issues) > 0 {
		t.Errorf("%d remarks, %d events, %v", len(latest), len(collection.Events), collection.Issues)
	}
	missing := collection.Missing(definitions.Indicators(), calendar.Period{Label: "2026-27 Q2"})
	if !slices.ContainsFunc(missing, func(i *definition.Indicator) bool { return i.Name == "childrens_exclusions_permanent" }) {
		t.Error("nothing is missing")
	}
}
