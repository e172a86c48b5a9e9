package panels

import (
	"fmt"

	"github.com/grafana/grafana-foundation-sdk/go/barchart"
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/prometheus"

	"childrens-services-exporter/exporter/definition"
)

// mostBars is how many workers the whole authority shows, the fullest first; a
// team shows all of its own.
const mostBars = 12

// Workers adds a bar for each worker of the team that is picked and a line at
// the limit. The limit is the target of another indicator, so that a council's
// own limit moves the line.
func (b *Board) Workers(id uint32, place Place, title, perWorker, limited string) {
	indicator, limit := b.indicator(perWorker), of("childrens_indicator_target", b.indicator(limited).Name)
	answers := b.record(Rule{Record: caseAnswers, Indicator: indicator.Name, Labels: []string{"team", "worker", "side"}, Expr: caseloads(indicator, limit)})
	bars := func(ref string, matchers ...string) *prometheus.DataqueryBuilder {
		return column(ref, "sum by (worker) ("+ofPicked(answers, matchers...)+")")
	}
	renamed := map[string]string{"Value #Over": "Over the limit", "Value #Within": "Within the limit"}
	b.add(barchart.NewPanelBuilder().Id(id).GridPos(place.grid()).Datasource(b.Source.ref()).
		Title(title).Description(describe(indicator)+" The line is the limit.").
		Unit("none").Decimals(0).Min(0).NoValue("no worker with cases, or not served here").
		WithTarget(bars("All")).
		WithTarget(bars("Over", `side="over"`)).
		WithTarget(bars("Within", `side="within"`)).
		WithTarget(limitQuery(limit)).
		Transformations([]dashboard.DataTransformerConfig{
			limitLine(Alarm),
			{Id: "joinByField", Options: map[string]any{"byField": "worker", "mode": "outer"}},
			{Id: "sortBy", Options: map[string]any{"sort": []any{map[string]any{"field": "Value #All", "desc": true}}}},
			{Id: "organize", Options: map[string]any{
				"excludeByName": map[string]bool{"Value #All": true, "Time": true, "Time 1": true, "Time 2": true, "Time 3": true},
				"renameByName":  renamed,
			}},
		}).
		OverrideByName("Over the limit", []dashboard.DynamicConfigValue{colourOf(Vermilion)}).
		OverrideByName("Within the limit", []dashboard.DynamicConfigValue{colourOf(Blue)}).
		XField("worker").Orientation(common.VizOrientationHorizontal).Stacking(common.StackingModeNormal).
		ShowValue(common.VisibilityModeAuto).BarWidth(0.8).GroupWidth(0.8).FillOpacity(85).LineWidth(0).
		ThresholdsStyle(common.NewGraphThresholdsStyleConfigBuilder().Mode(common.GraphThresholdsStyleModeLine)).
		Text(common.NewVizTextDisplayOptionsBuilder().ValueSize(sizeAxis)).
		Legend(legend()).
		Tooltip(common.NewVizTooltipOptionsBuilder().Mode(common.TooltipDisplayModeSingle).Sort(common.SortOrderNone)))
}

// caseloads gives the cases of each worker in every team, and in the authority of those with most, with the side of the
// limit that they are on.
func caseloads(indicator *definition.Indicator, limit string) string {
	cases := fmt.Sprintf("(sum by (team, worker) (%s)\nor\n%s)", indicator.Name,
		asTeam(fmt.Sprintf("topk(%d, sum by (worker) (%s))", mostBars, indicator.Name)))
	over := fmt.Sprintf("(%s > on () group_left () %s)", cases, limit)
	return with(over, "side", "over") + "\nor\n" + with(fmt.Sprintf("(%s unless %s)", cases, over), "side", "within")
}

// limitQuery and limitLine draw a line at a number that a query gives, so that
// it moves with the council's own settings.
func limitQuery(expression string) *prometheus.DataqueryBuilder {
	return instant("max("+expression+")", "limit").RefId("Limit")
}

func limitLine(colour string) dashboard.DataTransformerConfig {
	return dashboard.DataTransformerConfig{Id: "configFromData", Options: map[string]any{
		"configRefId": "Limit", "applyTo": map[string]any{"id": "byType", "options": "number"},
		"mappings": []any{map[string]any{
			"fieldName": "limit", "handlerKey": "threshold1", "reducerId": "lastNotNull",
			"handlerArguments": map[string]any{"threshold": map[string]any{"color": colour}},
		}},
	}}
}

func colourOf(colour string) dashboard.DynamicConfigValue {
	return dashboard.DynamicConfigValue{Id: "color", Value: map[string]string{"mode": "fixed", "fixedColor": colour}}
}

func legend() *common.VizLegendOptionsBuilder {
	return common.NewVizLegendOptionsBuilder().DisplayMode(common.LegendDisplayModeList).
		Placement(common.LegendPlacementBottom).ShowLegend(true).Calcs([]string{})
}
