package panels

import (
	"fmt"

	"github.com/grafana/grafana-foundation-sdk/go/barchart"
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/prometheus"

	"childrens-services-exporter/exporter/definition"
)

// maxBars is how many workers the whole authority shows, the fullest first; a
// team shows all of its own.
const maxBars = 12

// CaseloadChart adds a bar for each worker of the selected team and a line at
// the limit. The limit is the target of another indicator, so that a council's
// own limit moves the line.
func (d *Dashboard) CaseloadChart(id uint32, pos GridPos, title, perWorker, limited string) {
	indicator, limit := d.indicator(perWorker), forIndicator("childrens_indicator_target", d.indicator(limited).Name)
	rule := d.addRule(Rule{Record: caseloadRule, Indicator: indicator.Name, Labels: []string{"team", "worker", "side"}, Expr: caseloads(indicator, limit)})
	query := func(ref string, matchers ...string) *prometheus.DataqueryBuilder {
		return tableQuery(ref, "sum by (worker) ("+forSelectedTeam(rule, matchers...)+")")
	}
	renameByName := map[string]string{"Value #Over": "Over the limit", "Value #Within": "Within the limit"}
	d.add(barchart.NewPanelBuilder().Id(id).GridPos(pos.grid()).Datasource(d.Source.ref()).
		Title(title).Description(describe(indicator)+" The line is the limit.").
		Unit("none").Decimals(0).Min(0).NoValue("no worker with cases, or not served here").
		WithTarget(query("All")).
		WithTarget(query("Over", `side="over"`)).
		WithTarget(query("Within", `side="within"`)).
		WithTarget(limitQuery(limit)).
		Transformations([]dashboard.DataTransformerConfig{
			limitLine(Alarm),
			{Id: "joinByField", Options: map[string]any{"byField": "worker", "mode": "outer"}},
			{Id: "sortBy", Options: map[string]any{"sort": []any{map[string]any{"field": "Value #All", "desc": true}}}},
			{Id: "organize", Options: map[string]any{
				"excludeByName": map[string]bool{"Value #All": true, "Time": true, "Time 1": true, "Time 2": true, "Time 3": true},
				"renameByName":  renameByName,
			}},
		}).
		OverrideByName("Over the limit", []dashboard.DynamicConfigValue{colourOverride(Vermilion)}).
		OverrideByName("Within the limit", []dashboard.DynamicConfigValue{colourOverride(Blue)}).
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
		authorityAsTeam(fmt.Sprintf("topk(%d, sum by (worker) (%s))", maxBars, indicator.Name)))
	over := fmt.Sprintf("(%s > on () group_left () %s)", cases, limit)
	return withLabel(over, "side", "over") + "\nor\n" + withLabel(fmt.Sprintf("(%s unless %s)", cases, over), "side", "within")
}

// limitQuery and limitLine draw a line at a number that a query gives, so that
// it moves with the council's own settings.
func limitQuery(expression string) *prometheus.DataqueryBuilder {
	return instantQuery("max("+expression+")", "limit").RefId("Limit")
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

func colourOverride(colour string) dashboard.DynamicConfigValue {
	return dashboard.DynamicConfigValue{Id: "color", Value: map[string]string{"mode": "fixed", "fixedColor": colour}}
}

func legend() *common.VizLegendOptionsBuilder {
	return common.NewVizLegendOptionsBuilder().DisplayMode(common.LegendDisplayModeList).
		Placement(common.LegendPlacementBottom).ShowLegend(true).Calcs([]string{})
}
