package panels

import (
	"cmp"

	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/table"
	"github.com/grafana/grafana-foundation-sdk/go/timeseries"
)

// Listing is a table of one query.
type Listing struct {
	Title, About, None, Expression string
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

// Listing adds a table of one query.
func (b *Board) Listing(id uint32, place Place, l Listing) {
	excluded, order, renamed := map[string]bool{"Time": true, "Value": l.HideValue}, map[string]int{}, map[string]string{}
	for i, one := range l.Columns {
		order[one[0]], renamed[one[0]] = i, one[1]
	}
	panel := table.NewPanelBuilder().Id(id).GridPos(place.grid()).Datasource(b.Source.ref()).
		Title(l.Title).Description(l.About).NoValue(l.None).Unit(cmp.Or(l.Unit, "none")).Decimals(l.Decimals).
		ColorScheme(fixed(Blue)).Thresholds(plain(Tint(Grey))).
		ShowHeader(true).CellHeight(common.TableCellHeightSm).
		WithTarget(column("A", l.Expression)).
		WithTransformation(dashboard.DataTransformerConfig{Id: "organize", Options: map[string]any{
			"excludeByName": excluded, "indexByName": order, "renameByName": renamed}})
	for _, one := range l.Columns {
		if width, given := l.Widths[one[1]]; given {
			panel.OverrideByName(one[1], []dashboard.DynamicConfigValue{{Id: "custom.width", Value: width}})
		}
	}
	if l.YesNo {
		panel.Mappings([]dashboard.ValueMapping{{ValueMap: &dashboard.ValueMap{Type: dashboard.MappingTypeValueToText,
			Options: map[string]dashboard.ValueMappingResult{"1": {Text: new("✓ yes")}, "0": {Text: new("▼ no")}}}}})
	}
	b.add(panel)
}

// Lines is a trend of one question, which is answered beforehand under the name Record: over a month of scrapes hundreds
// of series would have to be added up for every point.
type Lines struct {
	Title, About, Record, Expression, Legend, Unit string
	// Labels are those of the answers.
	Labels []string
}

// Lines adds a trend of one question.
func (b *Board) Lines(id uint32, place Place, l Lines) {
	b.add(timeseries.NewPanelBuilder().Id(id).GridPos(place.grid()).Datasource(b.Source.ref()).
		Title(l.Title).Description(l.About).Unit(cmp.Or(l.Unit, "none")).Decimals(0).NoValue("no history").
		DrawStyle(common.GraphDrawStyleLine).LineWidth(2).FillOpacity(0).ShowPoints(common.VisibilityModeAuto).
		AxisSoftMin(0).Thresholds(plain(Tint(Grey))).
		OverrideByRegexp("/social_care|all cohorts/", []dashboard.DynamicConfigValue{colourOf(Blue)}).
		OverrideByRegexp("/education/", []dashboard.DynamicConfigValue{colourOf(Amber)}).
		WithTarget(overDays("last_over_time("+b.record(Rule{Record: l.Record, Labels: l.Labels, Expr: l.Expression})+"[1h])", l.Legend, 0)).
		Legend(legend()).
		Tooltip(common.NewVizTooltipOptionsBuilder().Mode(common.TooltipDisplayModeMulti).Sort(common.SortOrderNone)))
}
