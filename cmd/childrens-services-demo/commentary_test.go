package main

import (
	"log/slog"
	"slices"
	"testing"

	"childrens-services-exporter/exporter/catalogue"
	"childrens-services-exporter/exporter/period"
	"childrens-services-exporter/exporter/scorecard/commentary"
)

func TestCouncilSaysSomethingOfItsNumbers(t *testing.T) {
	s := &stage{dir: t.TempDir(), today: period.Date(2026, 11, 27)}
	path, err := s.writeCommentary()
	if err != nil {
		t.Fatal(err)
	}
	definitions, err := catalogue.Load(catalogue.Settings{}, catalogue.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	calendar, err := period.New(period.Options{})
	if err != nil {
		t.Fatal(err)
	}
	book := commentary.Open(path, commentary.Reader{Calendar: calendar, Indicator: definitions.Indicator}, slog.New(slog.DiscardHandler)).Book()
	said := book.Latest(definitions.Indicators(), func(p period.Period) bool { return p.Label == "2026-27 Q2" })
	if len(said) != 3 || len(book.Events) != 2 || len(book.Rejected) > 0 {
		t.Errorf("%d remarks, %d events, %v", len(said), len(book.Events), book.Rejected)
	}
	missing := book.Missing(definitions.Indicators(), period.Period{Label: "2026-27 Q2"})
	if !slices.ContainsFunc(missing, func(i *catalogue.Indicator) bool { return i.Name == "childrens_exclusions_permanent" }) {
		t.Error("nothing is missing")
	}
}
