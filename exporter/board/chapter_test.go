package board_test

import (
	"slices"
	"testing"
	"testing/fstest"

	"childrens-services-exporter/exporter/board"
	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition"
)

func TestEveryTopicBelongsToOneChapter(t *testing.T) {
	catalogue, err := definition.Load(config.Settings{}, definition.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for _, chapter := range board.Chapters(catalogue) {
		if chapter.File == "more" {
			t.Errorf("topics without a chapter: %v", chapter.Topics)
		}
		count += len(chapter.Indicators(catalogue))
	}
	if want := len(catalogue.Indicators()); count != want {
		t.Errorf("%d indicators in chapters, %d in the catalogue", count, want)
	}
}

func TestTopicOfACouncilBelongsToTheLastChapter(t *testing.T) {
	own := fstest.MapFS{
		"youth_justice/orders.sql": {Data: []byte("select kind, ends, 'a' as person_id from period")},
		"youth_justice/orders.yaml": {Data: []byte(`cohort: Young people on an order
row: a young person on an order on the day
source: social_care
at: snapshot
grain: [person_id]
columns: {person_id: the young person}
indicators:
  - name: childrens_orders
    id: 901
    title: Orders
    unit: count
    count: all
    better: neither
    target: none - the court decides
    public: none
    definition: Young people on an order.
    law: local
    version: 1
`)},
	}
	catalogue, err := definition.Load(config.Settings{}, definition.Embedded(), own)
	if err != nil {
		t.Fatal(err)
	}
	indicator, err := catalogue.Indicator("childrens_orders")
	if err != nil {
		t.Fatal(err)
	}
	chapter, chapters := board.ChapterOf(catalogue, indicator), board.Chapters(catalogue)
	if chapter.File != "more" || chapters[len(chapters)-1].File != "more" || !slices.Equal(chapter.Topics, []string{"youth_justice"}) {
		t.Errorf("the chapter is %+v", chapter)
	}
}
