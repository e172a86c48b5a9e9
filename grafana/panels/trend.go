package panels

import (
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/prometheus"
	"github.com/grafana/grafana-foundation-sdk/go/timeseries"
)

// TrendLine is one indicator in a trend.
type TrendLine struct{ Indicator, Name, Colour string }

// Trend adds the last weeks of some ratios of the selected team, and a
// dashed line at the target of the first.
func (d *Dashboard) Trend(id uint32, pos GridPos, title, description, timeFrom string, lines []TrendLine) {
	panel := timeseries.NewPanelBuilder().Id(id).GridPos(pos.grid()).Datasource(d.Source.ref()).
		Title(title).Description(description).TimeFrom(timeFrom).HideTimeOverride(true).Interval("1d").
		Unit("percent").Decimals(0).AxisSoftMin(50).AxisSoftMax(100).NoValue("no history").
		DrawStyle(common.GraphDrawStyleLine).LineInterpolation(common.LineInterpolationLinear).
		LineWidth(3).FillOpacity(0).ShowPoints(common.VisibilityModeNever).
		SpanNulls(common.BoolOrFloat64{Bool: new(false)}).
		Legend(legend()).
		Tooltip(common.NewVizTooltipOptionsBuilder().Mode(common.TooltipDisplayModeMulti).Sort(common.SortOrderNone))
	for i, line := range lines {
		panel.WithTarget(dailyQuery("100 * ("+valueHistory(d.indicator(line.Indicator))+")", line.Name, i)).
			OverrideByName(line.Name, []dashboard.DynamicConfigValue{colourOverride(line.Colour)})
	}
	d.add(panel.
		WithTarget(limitQuery("100 * " + forIndicator("childrens_indicator_target", lines[0].Indicator))).
		WithTransformation(limitLine(Grey)).
		ThresholdsStyle(common.NewGraphThresholdsStyleConfigBuilder().Mode(common.GraphThresholdsStyleModeDashed)))
}

func dailyQuery(expression, name string, nth int) *prometheus.DataqueryBuilder {
	return prometheus.NewDataqueryBuilder().Expr(expression).LegendFormat(name).Range().
		Format(prometheus.PromQueryFormatTimeSeries).RefId(string(rune('A' + nth)))
}
