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
	titlePanel, barPanel, valuePanel, factsPanel = 0, 1, 2, 3
)

// Tile adds a tile of the public values of an indicator.
func (d *Dashboard) Tile(pos GridPos, tile Tile) {
	indicator := d.indicator(tile.Indicator)
	title := cmp.Or(tile.Title, indicator.Title)
	description := title + ". " + describe(indicator)
	unit, decimals := units(indicator)
	x, y, body := pos.X, pos.Y+2, pos.H-2

	d.add(newText(tile.ID+titlePanel, GridPos{x, pos.Y, pos.W, 2}, description, tileHeading(title)).
		Transparent(true))

	published := d.addRule(Rule{Record: tileRule, Indicator: indicator.Name, Labels: []string{"status"}, Expr: PublishedValue(indicator)})
	bar := newStat(tile.ID+barPanel, GridPos{x, y, 1, body}, d.Source, description).
		Unit(unit).Decimals(decimals).Transparent(true).
		TextMode(common.BigValueTextModeNone).ColorMode(common.BigValueColorModeBackgroundSolid).
		Datasource(dashboardSource()).WithTarget(sharedQuery(tile.ID + valuePanel))
	d.add(statusOverrides(bar, Status.bar, Status.text))

	value := newStat(tile.ID+valuePanel, GridPos{x + 1, y, pos.W - 5, body}, d.Source, description).
		Unit(unit).Decimals(decimals).Transparent(true).
		TextMode(common.BigValueTextModeValueAndName).ColorMode(common.BigValueColorModeBackgroundSolid).
		Text(textSize(sizeWords, sizeValue)).
		DataLinks([]cog.Builder[dashboard.DashboardLink]{dataLink("Look closer", indicatorLink(tile.Page, indicator.Name))}).
		WithTarget(instantQuery(published, "{{status}}"))
	d.add(statusOverrides(value, Status.tint, Status.text))

	d.tileFacts(GridPos{x + pos.W - 4, y, 4, body}, tile, indicator, description)
}

// fact is one line beside a value: a caption and a text that the label fact holds.
type fact struct{ caption, expression string }

// tileFacts puts n of N, a rate, the target, the quarter before and England beside a value, a line each, from one query
// whose series carry the caption and the text, since a wallboard has nine tiles.
func (d *Dashboard) tileFacts(pos GridPos, tile Tile, indicator *definition.Indicator, description string) {
	info := forIndicator("childrens_indicator_info", indicator.Name)
	caption, when := "During", windowName(indicator.Headline)
	if indicator.Cohort.Snapshot() {
		caption = "As at"
	}
	facts := []fact{{caption, fixedText(info, when)}}
	if indicator.Measure.Kind == definition.Ratio && indicator.Unit == "ratio" {
		facts = append(facts, fact{"Counts", fallback(RatioCounts(indicator), fixedText(info, "not shown"))})
	}
	if tile.Beside != "" {
		facts = append(facts, fact{tile.BesideCaption, fallback(RoundedValue(d.indicator(tile.Beside)), fixedText(info, noValueText))})
	}
	if indicator.Target != nil {
		facts = append(facts, fact{"Target", TargetText(indicator)})
	}
	facts = append(facts, fact{"Before", fallback(QuarterChange(indicator), fixedText(info, noValueText))})
	if indicator.Unit != "count" {
		// A count of England's beside a council's means nothing.
		england := fmt.Sprintf(`max(childrens_benchmark{indicator=%q, area_type="england"})`, indicator.Name)
		facts = append(facts, fact{"England", fallback(valueText(indicator, england), fixedText(info, noValueText))})
	}
	var lines []string
	for i, line := range facts {
		lines = append(lines, fmt.Sprintf("label_replace(label_replace(group by (fact) (\n%s\n), \"caption\", %q, \"\", \"\"), \"line\", \"%d\", \"\", \"\")",
			line.expression, line.caption, i))
	}
	d.add(newStat(tile.ID+factsPanel, pos, d.Source, description).
		Transparent(true).Decimals(0).NoValue(" ").WideLayout(true).
		TextMode(common.BigValueTextModeValueAndName).ColorMode(common.BigValueColorModeNone).
		Text(textSize(sizeFact, sizeFact)).
		ReduceOptions(common.NewReduceDataOptionsBuilder().Values(true).Limit(10).Fields("/fact|__data/")).
		OverrideByName("fact", []dashboard.DynamicConfigValue{{Id: "displayName", Value: "${__data.fields.caption}"}}).
		WithTransformation(dashboard.DataTransformerConfig{Id: "sortBy", Options: map[string]any{"sort": []any{map[string]any{"field": "line"}}}}).
		WithTarget(instantQuery(d.addRule(Rule{
			Record: factsRule, Indicator: indicator.Name, Labels: []string{"fact", "caption", "line"}, Expr: strings.Join(lines, "\nor\n"),
		}), "").Format(prometheus.PromQueryFormatTable)))
}

func tileHeading(title string) string {
	return fmt.Sprintf(`<div style="padding-top: 7px; font-size: %dpx; font-weight: 600; line-height: 1.2">%s</div>`, sizeTitle, html.EscapeString(title))
}
