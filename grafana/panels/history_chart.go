package panels

import (
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/prometheus"
	"github.com/grafana/grafana-foundation-sdk/go/timeseries"
)

// History is a chart of the selected indicator by day.
type History struct {
	// ByTeam is true on a page where a team can be selected.
	ByTeam bool
}

// History adds the selected indicator by day since history begins, for the authority or the selected team, with lines at
// the target and at England.
func (d *Dashboard) History(id uint32, pos GridPos, options History) {
	d.add(timeseries.NewPanelBuilder().Id(id).GridPos(pos.grid()).Datasource(d.Source.ref()).
		Title("Day by day since history begins (grey line: target; blue line: England)").
		Description("The value by day, for the authority or the team that is picked; years are drawn with a point every few days. Days before the exporter ran are worked out from the records as they stand now.").
		// No decimals are set: with none, the axis of a share runs to 100 %.
		Interval("1d").MaxDataPoints(250).AxisSoftMin(0).Unit("none").NoValue("no history").
		DrawStyle(common.GraphDrawStyleLine).LineInterpolation(common.LineInterpolationLinear).
		LineWidth(2).FillOpacity(0).ShowPoints(common.VisibilityModeNever).
		SpanNulls(common.BoolOrFloat64{Bool: new(false)}).
		ColorScheme(fixedColour(Blue)).Thresholds(baseThreshold("transparent")).
		ThresholdsStyle(common.NewGraphThresholdsStyleConfigBuilder().Mode(common.GraphThresholdsStyleModeDashed)).
		WithTarget(dailyQuery(selectedHistory(options), "{{team}}"+d.breakdownLegend(), 0)).
		WithTarget(d.selectionConfigQuery()).
		WithTransformation(configFromSelection(panelConfig{lines: true})).
		Legend(common.NewVizLegendOptionsBuilder().DisplayMode(common.LegendDisplayModeHidden).ShowLegend(false).
			Placement(common.LegendPlacementBottom).Calcs([]string{})).
		Tooltip(common.NewVizTooltipOptionsBuilder().Mode(common.TooltipDisplayModeSingle).Sort(common.SortOrderNone)))
}

// EventAnnotations marks the events of a council: a lockdown, a new case system, the start of live collection.
//
// A page of years is queried by day, and Grafana cuts its last day off at midnight; the events of the past as known today lie
// after that, and is the same for every day.
func (d *Dashboard) EventAnnotations() {
	const expression = "1000 * max by (event) (last_over_time(childrens_event_timestamp_seconds[2d] offset -1d @ end()))"
	d.builder.Annotation(dashboard.NewAnnotationQueryBuilder().Name("Events").
		Datasource(d.Source.ref()).Enable(true).Hide(true).IconColor(Amber).
		Target(prometheus.NewDataqueryBuilder().RefId("Anno").Expr(expression)).
		Expr(expression).TitleFormat("{{event}}").Step("1d").UseValueForTime(true))
}
