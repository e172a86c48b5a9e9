package panels

import (
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/table"
)

// BenchmarkRanking adds a bar for each area with a figure of the selected indicator, the highest first, and the
// authority's own latest value among them.
func (d *Dashboard) BenchmarkRanking(id uint32, pos GridPos) {
	const here = "This authority, now"
	own := `label_replace(` + byIndicator(`childrens_indicator_value{indicator="$indicator"}`) + `, "area", "` + here + `", "", "")`
	d.add(d.barGauge(id, pos, "Ranked, the highest first (shares in %, times in days)", "Latest published national figure of each statistical neighbour, the region and England, and the authority's own value now, which is newer.", "no national figure").
		// Names of authorities are long, and beside the bars they would be cut off.
		NamePlacement(common.BarGaugeNamePlacementTop).MinVizHeight(40).MaxVizHeight(44).
		OverrideByName(here, []dashboard.DynamicConfigValue{colourOverride(Amber)}).
		OverrideByRegexp("/^(England|.*mean.*)$/", []dashboard.DynamicConfigValue{colourOverride(Grey)}).
		WithTarget(instantQuery("sort_desc("+d.inReadableUnits("("+own+" or max by (indicator, area) ("+selected("childrens_benchmark")+"))")+")", "{{area}}").RefId("A")))
}

// BenchmarkTable adds the published figures as a table, with the year and where they were published.
func (d *Dashboard) BenchmarkTable(id uint32, pos GridPos) {
	d.add(table.NewPanelBuilder().Id(id).GridPos(pos.grid()).Datasource(d.Source.ref()).
		Title("Published figures").Description("Each area's figure with its year and its source.").
		NoValue("no national figure").Unit("none").Decimals(1).ColorScheme(fixedColour(Blue)).Thresholds(baseThreshold(Tint(Grey))).
		ShowHeader(true).CellHeight(common.TableCellHeightSm).
		WithTarget(tableQuery("A", "sort_desc(max by (area, area_type, year, publication) ("+selected("childrens_benchmark")+" * on (indicator, year) group_left (publication) "+selected("childrens_benchmark_info")+"))")).
		WithTarget(d.selectionConfigQuery()).
		OverrideByName("Area", []dashboard.DynamicConfigValue{{Id: "custom.width", Value: 190}}).
		OverrideByName("Figure", []dashboard.DynamicConfigValue{{Id: "custom.width", Value: 80}}).
		OverrideByName("Year", []dashboard.DynamicConfigValue{{Id: "custom.width", Value: 70}}).
		OverrideByName("Kind", []dashboard.DynamicConfigValue{{Id: "custom.width", Value: 135}, {Id: "mappings", Value: []any{map[string]any{"type": "value", "options": map[string]any{
			"england": map[string]any{"text": "country", "index": 2}, "statistical_neighbour": map[string]any{"text": "neighbour", "index": 0}, "statistical_neighbour_mean": map[string]any{"text": "neighbours' mean", "index": 1}}}}}}).
		Transformations([]dashboard.DataTransformerConfig{configFromSelection(panelConfig{}),
			{Id: "organize", Options: map[string]any{
				"excludeByName": map[string]bool{"Time": true},
				"indexByName":   map[string]int{"area": 0, "Value #A": 1, "year": 2, "area_type": 3, "publication": 4},
				"renameByName":  map[string]string{"area": "Area", "Value": "Figure", "Value #A": "Figure", "year": "Year", "area_type": "Kind", "publication": "Source"},
			}}}))
}
