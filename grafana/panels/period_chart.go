package panels

import (
	"fmt"
	"strings"

	"github.com/grafana/grafana-foundation-sdk/go/barchart"
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/prometheus"
)

// PeriodChart adds the last quarters of the selected indicator as bars in the colour and with the word of their
// status, with lines at the target and at England.
func (d *Dashboard) PeriodChart(id uint32, pos GridPos) {
	colours := map[string]any{}
	for i, status := range Statuses()[:4] {
		colours[status.Key] = map[string]any{"color": status.Colour, "text": status.Text, "index": i}
	}
	d.add(barchart.NewPanelBuilder().Id(id).GridPos(pos.grid()).Datasource(d.Source.ref()).
		Title("Quarter by quarter (grey line: target; blue line: England)").
		Description("The value of each quarter, worked out anew today, so that what was recorded late is in. on is on target, off is off target; without a word there is no target. The open quarter is marked to date.").
		Unit("none").Decimals(0).NoValue("no quarters yet").Min(0).
		WithTarget(tableQuery("All", selected(d.addRule(Rule{Record: periodRule, Labels: []string{"indicator", "offset", "period", "status"}, Expr: periodsWithStatus()})))).
		WithTarget(d.selectionConfigQuery()).
		XField("period").XTickLabelRotation(-30).XTickLabelMaxLength(24).ColorByField("status").Orientation(common.VizOrientationVertical).Stacking(common.StackingModeNone).
		ShowValue(common.VisibilityModeAlways).BarWidth(0.7).GroupWidth(0.8).FillOpacity(85).LineWidth(0).
		ThresholdsStyle(common.NewGraphThresholdsStyleConfigBuilder().Mode(common.GraphThresholdsStyleModeLine)).
		Thresholds(baseThreshold("transparent")).
		Text(common.NewVizTextDisplayOptionsBuilder().ValueSize(sizeSmall)).
		Legend(legend().ShowLegend(false)).
		Tooltip(common.NewVizTooltipOptionsBuilder().Mode(common.TooltipDisplayModeSingle).Sort(common.SortOrderNone)).
		OverrideByName("status", []dashboard.DynamicConfigValue{{Id: "mappings", Value: []any{map[string]any{"type": "value", "options": colours}}}}).
		Transformations([]dashboard.DataTransformerConfig{
			configFromSelection(panelConfig{lines: true, maximum: true}),
			{Id: "sortBy", Options: map[string]any{"sort": []any{map[string]any{"field": "offset", "desc": true}}}},
			{Id: "organize", Options: map[string]any{
				"excludeByName": excludedFields("Time", "offset", "indicator"),
				"indexByName":   map[string]int{"period": 0, "Value": 1, "Value #All": 1, "status": 2},
			}},
		}))
}

// periodsWithStatus gives each quarter of every indicator with its status as a label, and with its word after its name: the
// names are written aslant, which turns a triangle into another. The open one is marked as to date.
func periodsWithStatus() string {
	const rag = `childrens_indicator_period_rag`
	value := primaryPeriods()
	var alternatives []string
	for i, suffix := range []string{" · on", " · watch", " · off"} {
		alternatives = append(alternatives, withPeriodSuffix(fmt.Sprintf("(%s and on (indicator, window, offset) (%s == %d))", value, rag, i), fmt.Sprint(i), suffix))
	}
	alternatives = append(alternatives, withPeriodSuffix(fmt.Sprintf("(%s unless on (indicator, window, offset) %s)", value, rag), "none", ""))
	return "max by (indicator, offset, period, status) (\n" + strings.Join(alternatives, "\nor\n") + "\n)"
}

func withPeriodSuffix(expression, status, suffix string) string {
	open := fmt.Sprintf("label_replace(label_join(%s, \"marked\", \" \", \"offset\", \"period\"), \"period\", \"$1 to date\", \"marked\", \"0 (.*)\")", expression)
	return fmt.Sprintf("label_replace(%s, \"period\", \"$1%s\", \"period\", \"(.*)\")", withStatus(open, status), suffix)
}

// tableQuery is a query whose result is a column of a table.
func tableQuery(ref, expression string) *prometheus.DataqueryBuilder {
	return instantQuery(expression, "").Format(prometheus.PromQueryFormatTable).RefId(ref)
}
