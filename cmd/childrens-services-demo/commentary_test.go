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

func TestCouncilSaysSomethingOfItsNumbers(t *testing.T) {
	s := &stage{dir: t.TempDir(), today: calendar.Date(2026, 11, 27)}
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
	book := commentary.Open(path, commentary.Reader{Calendar: cal, Indicator: definitions.Indicator}, slog.New(slog.DiscardHandler)).Collection()
	said := book.Latest(definitions.Indicators(), func(p calendar.Period) bool { return p.Label == "2026-27 Q2" })
	if len(said) != 3 || len(book.Events) != 2 || len(book.Issues) > 0 {
		t.Errorf("%d remarks, %d events, %v", len(said), len(book.Events), book.Issues)
	}
	missing := book.Missing(definitions.Indicators(), calendar.Period{Label: "2026-27 Q2"})
	if !slices.ContainsFunc(missing, func(i *definition.Indicator) bool { return i.Name == "childrens_exclusions_permanent" }) {
		t.Error("nothing is missing")
	}
}
