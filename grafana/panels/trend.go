package panels

import (
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/prometheus"
	"github.com/grafana/grafana-foundation-sdk/go/timeseries"
)

// Line is one indicator in a trend.
type Line struct{ Indicator, Name, Colour string }

// Trend adds the last weeks of some ratios of the team that is picked, and a
// dashed line at the target of the first.
func (b *Board) Trend(id uint32, place Place, title, about, since string, lines []Line) {
	panel := timeseries.NewPanelBuilder().Id(id).GridPos(place.grid()).Datasource(b.Source.ref()).
		Title(title).Description(about).TimeFrom(since).HideTimeOverride(true).Interval("1d").
		Unit("percent").Decimals(0).AxisSoftMin(50).AxisSoftMax(100).NoValue("no history").
		DrawStyle(common.GraphDrawStyleLine).LineInterpolation(common.LineInterpolationLinear).
		LineWidth(3).FillOpacity(0).ShowPoints(common.VisibilityModeNever).
		SpanNulls(common.BoolOrFloat64{Bool: new(false)}).
		Legend(legend()).
		Tooltip(common.NewVizTooltipOptionsBuilder().Mode(common.TooltipDisplayModeMulti).Sort(common.SortOrderNone))
	for i, line := range lines {
		panel.WithTarget(overDays("100 * ("+overTime(b.indicator(line.Indicator))+")", line.Name, i)).
			OverrideByName(line.Name, []dashboard.DynamicConfigValue{colourOf(line.Colour)})
	}
	b.add(panel.
		WithTarget(limitQuery("100 * " + of("childrens_indicator_target", lines[0].Indicator))).
		WithTransformation(limitLine(Grey)).
		ThresholdsStyle(common.NewGraphThresholdsStyleConfigBuilder().Mode(common.GraphThresholdsStyleModeDashed)))
}

func overDays(expression, name string, nth int) *prometheus.DataqueryBuilder {
	return prometheus.NewDataqueryBuilder().Expr(expression).LegendFormat(name).Range().
		Format(prometheus.PromQueryFormatTimeSeries).RefId(string(rune('A' + nth)))
}
