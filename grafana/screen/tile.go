package screen

import (
	"cmp"
	"fmt"
	"html"
	"regexp"
	"strings"

	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/prometheus"

	"childrens-services-exporter/exporter/catalogue"
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
}

// The shape of a tile: its title, a bar in the colour of its status, the value
// with the status in words, and the facts beside it. The lower half of the facts
// is where the last quarter and England will stand.
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

	bar := newStat(tile.ID+tileBar, Place{x, y, 1, body}, b.Source, about).
		Unit(unit).Decimals(decimals).Transparent(true).
		TextMode(common.BigValueTextModeNone).ColorMode(common.BigValueColorModeBackgroundSolid).
		WithTarget(instant(Published(indicator), "{{status}}"))
	b.add(withStatuses(bar, Status.bar, Status.words))

	value := newStat(tile.ID+tileValue, Place{x + 1, y, place.W - 5, body}, b.Source, about).
		Unit(unit).Decimals(decimals).Transparent(true).
		TextMode(common.BigValueTextModeValueAndName).ColorMode(common.BigValueColorModeBackgroundSolid).
		Text(size(sizeWords, sizeValue)).
		WithTarget(instant(Published(indicator), "{{status}}"))
	b.add(withStatuses(value, Status.tint, Status.words))

	b.facts(Place{x + place.W - 4, y, 4, body}, tile, indicator, about)
}

// fact is one line beside a value: a caption and a text that a label holds.
type fact struct{ caption, expression string }

// facts puts n of N, a rate and the target beside a value, a line each. There is
// room for two more: the last quarter and England.
func (b *Board) facts(place Place, tile Tile, indicator *catalogue.Indicator, about string) {
	info := of("childrens_indicator_info", indicator.Name)
	caption, when := "During", windowWords(indicator.Headline)
	if indicator.Cohort.Snapshot() {
		caption = "As at"
	}
	facts := []fact{{caption, said(info, when)}}
	if indicator.Measure.Kind == catalogue.Ratio && indicator.Unit == "ratio" {
		facts = append(facts, fact{"Counts", firstOf(Parts(indicator), said(info, "not shown"))})
	}
	if tile.Beside != "" {
		facts = append(facts, fact{tile.BesideCaption, firstOf(Rounded(b.indicator(tile.Beside)), said(info, noAnswer))})
	}
	if indicator.Target != nil {
		facts = append(facts, fact{"Target", Target(indicator)})
	}
	panel := newStat(tile.ID+tileFacts, place, b.Source, about).
		Transparent(true).Decimals(0).NoValue(" ").WideLayout(true).
		TextMode(common.BigValueTextModeValueAndName).ColorMode(common.BigValueColorModeNone).
		Text(size(sizeFact, sizeFact))
	var captions []string
	for i, one := range facts {
		// A column is picked by its displayed name, so each query's has its own.
		column := fmt.Sprintf("fact_%d", i)
		captions = append(captions, regexp.QuoteMeta(one.caption))
		panel.WithTarget(instant(only(column, one.expression), "").
			Format(prometheus.PromQueryFormatTable).RefId(string(rune('A'+i)))).
			OverrideByName(column, []dashboard.DynamicConfigValue{{Id: "displayName", Value: one.caption}})
	}
	panel.ReduceOptions(common.NewReduceDataOptionsBuilder().Calcs([]string{"lastNotNull"}).
		Fields("/^(" + strings.Join(captions, "|") + ")$/"))
	b.add(panel)
}

func heading(title string) string {
	return fmt.Sprintf(`<div style="padding-top: 7px; font-size: %dpx; font-weight: 600; line-height: 1.2">%s</div>`, sizeTitle, html.EscapeString(title))
}
