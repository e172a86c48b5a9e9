package panels

import (
	"cmp"

	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/table"
	"github.com/grafana/grafana-foundation-sdk/go/timeseries"
)

// QueryTable is a table of one query.
type QueryTable struct {
	Title, Description, NoValue, Expression string
	// Columns are labels, or Value, with their headings in order.
	Columns [][2]string
	// Widths of some columns in pixels, by heading; the others share what is left.
	Widths    map[string]float64
	Unit      string
	Decimals  float64
	HideValue bool
	// YesNo shows 1 and 0 as words.
	YesNo bool
}

// QueryTable adds a table of one query.
func (d *Dashboard) QueryTable(id uint32, pos GridPos, options QueryTable) {
	excludeByName, indexByName, renameByName := map[string]bool{"Time": true, "Value": options.HideValue}, map[string]int{}, map[string]string{}
	for i, column := range options.Columns {
		indexByName[column[0]], renameByName[column[0]] = i, column[1]
	}
	panel := table.NewPanelBuilder().Id(id).GridPos(pos.grid()).Datasource(d.Source.ref()).
		Title(options.Title).Description(options.Description).NoValue(options.NoValue).Unit(cmp.Or(options.Unit, "none")).Decimals(options.Decimals).
		ColorScheme(fixedColour(Blue)).Thresholds(baseThreshold(Tint(Grey))).
		ShowHeader(true).CellHeight(common.TableCellHeightSm).
		WithTarget(tableQuery("A", options.Expression)).
		WithTransformation(dashboard.DataTransformerConfig{Id: "organize", Options: map[string]any{
			"excludeByName": excludeByName, "indexByName": indexByName, "renameByName": renameByName}})
	for _, column := range options.Columns {
		if width, given := options.Widths[column[1]]; given {
			panel.OverrideByName(column[1], []dashboard.DynamicConfigValue{{Id: "custom.width", Value: width}})
		}
	}
	if options.YesNo {
		panel.Mappings([]dashboard.ValueMapping{{ValueMap: &dashboard.ValueMap{Type: dashboard.MappingTypeValueToText,
			Options: map[string]dashboard.ValueMappingResult{"1": {Text: new("✓ yes")}, "0": {Text: new("▼ no")}}}}})
	}
	d.add(panel)
}

// QueryTrend is a trend of one query, which a rule records under the name Record: over a month of scrapes hundreds
// of series would have to be added up for every point.
type QueryTrend struct {
	Title, Description, Record, Expression, Legend, Unit string
	// Labels are those of the recorded series.
	Labels []string
}

// QueryTrend adds a trend of one query.
func (d *Dashboard) QueryTrend(id uint32, pos GridPos, options QueryTrend) {
	d.add(timeseries.NewPanelBuilder().Id(id).GridPos(pos.grid()).Datasource(d.Source.ref()).
		Title(options.Title).Description(options.Description).Unit(cmp.Or(options.Unit, "none")).Decimals(0).NoValue("no history").
		DrawStyle(common.GraphDrawStyleLine).LineWidth(2).FillOpacity(0).ShowPoints(common.VisibilityModeAuto).
		AxisSoftMin(0).Thresholds(baseThreshold(Tint(Grey))).
		OverrideByRegexp("/social_care|all cohorts/", []dashboard.DynamicConfigValue{colourOverride(Blue)}).
		OverrideByRegexp("/education/", []dashboard.DynamicConfigValue{colourOverride(Amber)}).
		WithTarget(dailyQuery("last_over_time("+d.addRule(Rule{Record: options.Record, Labels: options.Labels, Expr: options.Expression})+"[1h])", options.Legend, 0)).
		Legend(legend()).
		Tooltip(common.NewVizTooltipOptionsBuilder().Mode(common.TooltipDisplayModeMulti).Sort(common.SortOrderNone)))
}
