package screen

import (
	"fmt"

	"github.com/grafana/grafana-foundation-sdk/go/barchart"
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/prometheus"
)

// mostBars is how many workers the whole authority shows, the fullest first; a
// team shows all of its own.
const mostBars = 12

// Workers adds a bar for each worker of the team that is picked and a line at
// the limit. The limit is the target of another indicator, so that a council's
// own limit moves the line.
func (b *Board) Workers(id uint32, place Place, title, perWorker, limited string) {
	indicator, limit := b.indicator(perWorker), of("childrens_indicator_target", b.indicator(limited).Name)
	workers := fmt.Sprintf("sum by (worker) (\n%s{team=~\"$team\"}\nor topk(%d, %s)\n)",
		indicator.Name, mostBars, ofWhole(indicator.Name))
	over := fmt.Sprintf("%s\n> on () group_left () %s", workers, limit)
	column := func(ref, expression string) *prometheus.DataqueryBuilder {
		return instant(expression, "").Format(prometheus.PromQueryFormatTable).RefId(ref)
	}
	renamed := map[string]string{"Value #Over": "Over the limit", "Value #Within": "Within the limit"}
	b.add(barchart.NewPanelBuilder().Id(id).GridPos(place.grid()).Datasource(b.Source.ref()).
		Title(title).Description(describe(indicator)+" The line is the limit.").
		Unit("none").Decimals(0).Min(0).NoValue("no worker with cases, or not served here").
		WithTarget(column("All", workers)).
		WithTarget(column("Over", over)).
		WithTarget(column("Within", workers+"\nunless\n"+over)).
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
