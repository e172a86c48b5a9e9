package panels

import (
	"cmp"
	"fmt"
	"html"
	"strings"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/prometheus"

	"childrens-services-exporter/exporter/definition"
)

// Tile is one indicator on a wallboard.
type Tile struct {
	// ID is the first of the ten panel ids that belong to the tile.
	ID        uint32
	Indicator string
	// Title in plain words; the definition's own where it is empty.
	Title string
	// Beside is an indicator shown small, as a rate beside its count.
	Beside, BesideCaption string
	// Page is the uid of the topic page that a click on the value opens.
	Page string
}

// The shape of a tile: its title, a bar in the colour of its status, the value
// with the status in words, and the facts beside it.
const (
	tileTitle, tileBar, tileValue, tileFacts = 0, 1, 2, 3
)

// Tile adds a tile of the public values of an indicator.
func (b *Board) Tile(place Place, tile Tile) {
	indicator := b.indicator(tile.Indicator)
	title := cmp.Or(tile.Title, indicator.Title)
	about := title + ". " + describe(indicator)
	unit, decimals := units(indicator)
	x, y, body := place.X, place.Y+2, place.H-2

	b.add(newText(tile.ID+tileTitle, Place{x, place.Y, place.W, 2}, about, heading(title)).
		Transparent(true))

	published := b.record(Rule{Record: tileAnswers, Indicator: indicator.Name, Labels: []string{"status"}, Expr: Published(indicator)})
	bar := newStat(tile.ID+tileBar, Place{x, y, 1, body}, b.Source, about).
		Unit(unit).Decimals(decimals).Transparent(true).
		TextMode(common.BigValueTextModeNone).ColorMode(common.BigValueColorModeBackgroundSolid).
		Datasource(thisPage()).WithTarget(answerOf(tile.ID + tileValue))
	b.add(withStatuses(bar, Status.bar, Status.words))

	value := newStat(tile.ID+tileValue, Place{x + 1, y, place.W - 5, body}, b.Source, about).
		Unit(unit).Decimals(decimals).Transparent(true).
		TextMode(common.BigValueTextModeValueAndName).ColorMode(common.BigValueColorModeBackgroundSolid).
		Text(size(sizeWords, sizeValue)).
		DataLinks([]cog.Builder[dashboard.DashboardLink]{linkTo("Look closer", toIndicator(tile.Page, indicator.Name))}).
		WithTarget(instant(published, "{{status}}"))
	b.add(withStatuses(value, Status.tint, Status.words))

	b.facts(Place{x + place.W - 4, y, 4, body}, tile, indicator, about)
}

// fact is one line beside a value: a caption and a text that the label fact holds.
type fact struct{ caption, expression string }

// facts puts n of N, a rate, the target, the quarter before and England beside a value, a line each, from one query
// whose series carry the caption and the text, since nine tiles ask at once.
func (b *Board) facts(place Place, tile Tile, indicator *definition.Indicator, about string) {
	info := of("childrens_indicator_info", indicator.Name)
	caption, when := "During", windowWords(indicator.Headline)
	if indicator.Cohort.Snapshot() {
		caption = "As at"
	}
	facts := []fact{{caption, said(info, when)}}
	if indicator.Measure.Kind == definition.Ratio && indicator.Unit == "ratio" {
		facts = append(facts, fact{"Counts", firstOf(Parts(indicator), said(info, "not shown"))})
	}
	if tile.Beside != "" {
		facts = append(facts, fact{tile.BesideCaption, firstOf(Rounded(b.indicator(tile.Beside)), said(info, noAnswer))})
	}
	if indicator.Target != nil {
		facts = append(facts, fact{"Target", Target(indicator)})
	}
	facts = append(facts, fact{"Before", firstOf(Since(indicator), said(info, noAnswer))})
	if indicator.Unit != "count" {
		// A count of England's beside a council's says nothing.
		england := fmt.Sprintf(`max(childrens_benchmark{indicator=%q, area_type="england"})`, indicator.Name)
		facts = append(facts, fact{"England", firstOf(inUnits(indicator, england), said(info, noAnswer))})
	}
	var lines []string
	for i, one := range facts {
		lines = append(lines, fmt.Sprintf("label_replace(label_replace(group by (fact) (\n%s\n), \"caption\", %q, \"\", \"\"), \"line\", \"%d\", \"\", \"\")",
			one.expression, one.caption, i))
	}
	b.add(newStat(tile.ID+tileFacts, place, b.Source, about).
		Transparent(true).Decimals(0).NoValue(" ").WideLayout(true).
		TextMode(common.BigValueTextModeValueAndName).ColorMode(common.BigValueColorModeNone).
		Text(size(sizeFact, sizeFact)).
		ReduceOptions(common.NewReduceDataOptionsBuilder().Values(true).Limit(10).Fields("/fact|__data/")).
		OverrideByName("fact", []dashboard.DynamicConfigValue{{Id: "displayName", Value: "${__data.fields.caption}"}}).
		WithTransformation(dashboard.DataTransformerConfig{Id: "sortBy", Options: map[string]any{"sort": []any{map[string]any{"field": "line"}}}}).
		WithTarget(instant(b.record(Rule{
			Record: factAnswers, Indicator: indicator.Name, Labels: []string{"fact", "caption", "line"}, Expr: strings.Join(lines, "\nor\n"),
		}), "").Format(prometheus.PromQueryFormatTable)))
}

func heading(title string) string {
	return fmt.Sprintf(`<div style="padding-top: 7px; font-size: %dpx; font-weight: 600; line-height: 1.2">%s</div>`, sizeTitle, html.EscapeString(title))
}
