package panels

import (
	"strings"

	"github.com/grafana/grafana-foundation-sdk/go/cog/variants"
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/stat"
	"github.com/grafana/grafana-foundation-sdk/go/text"

	"childrens-services-exporter/exporter/definition"
)

// Sizes of letters in pixels. Grafana would fit them to the longest text of a
// panel, so that tiles side by side would differ.
const (
	sizeValue = 76
	sizeTitle = 28
	sizeWords = 26
	sizeFact  = 24
	sizeHead  = 42
	// On a desk.
	sizeNumber = 54
	sizeDay    = 22
	sizeSmall  = 18
	sizeAxis   = 14
)

// noValueText stands where a query has no result although each of ours has one in
// the end: the data source itself is out of reach, and the banner shows it.
const noValueText = "—"

func newStat(id uint32, pos GridPos, source DataSource, description string) *stat.PanelBuilder {
	return stat.NewPanelBuilder().Id(id).GridPos(pos.grid()).Datasource(source.ref()).Description(description).
		GraphMode(common.BigValueGraphModeNone).JustifyMode(common.BigValueJustifyModeAuto).
		ReduceOptions(common.NewReduceDataOptionsBuilder().Calcs([]string{"lastNotNull"})).
		Orientation(common.VizOrientationHorizontal).WideLayout(false).
		NoValue(noValueText).Unit("none").
		ColorScheme(fixedColour(Tint(Grey))).
		Thresholds(baseThreshold(Tint(Grey)))
}

// dashboardSource is the data source of a panel that shows the result of another panel of its page, without a second query.
func dashboardSource() common.DataSourceRef {
	return common.DataSourceRef{Type: new("datasource"), Uid: new("-- Dashboard --")}
}

func sharedQuery(panel uint32) *variants.UnknownDataqueryBuilder {
	return variants.NewUnknownDataqueryBuilderFromObject(variants.UnknownDataquery{"refId": "A", "datasource": dashboardSource(), "panelId": panel})
}

func fixedColour(colour string) *dashboard.FieldColorBuilder {
	return dashboard.NewFieldColorBuilder().Mode(dashboard.FieldColorModeIdFixed).FixedColor(colour)
}

// baseThreshold is a scale without steps: no colour of ours comes from a threshold.
func baseThreshold(colour string) *dashboard.ThresholdsConfigBuilder {
	return dashboard.NewThresholdsConfigBuilder().Mode(dashboard.ThresholdsModeAbsolute).
		Steps([]dashboard.Threshold{{Color: colour}})
}

func textSize(title, value float64) *common.VizTextDisplayOptionsBuilder {
	return common.NewVizTextDisplayOptionsBuilder().TitleSize(title).ValueSize(value)
}

func newText(id uint32, pos GridPos, description, content string) *text.PanelBuilder {
	return text.NewPanelBuilder().Id(id).GridPos(pos.grid()).Description(description).
		Mode(text.TextModeHTML).Content(content)
}

// statusOverrides gives a stat the words and colour of each status. Words may name
// labels of the series, as in ${__field.labels.n}.
func statusOverrides(panel *stat.PanelBuilder, colour, textOf func(Status) string) *stat.PanelBuilder {
	for _, status := range Statuses() {
		properties := []dashboard.DynamicConfigValue{
			{Id: "displayName", Value: textOf(status)},
			{Id: "color", Value: map[string]string{"mode": "fixed", "fixedColor": colour(status)}},
		}
		if status.Blank {
			properties = append(properties, dashboard.DynamicConfigValue{Id: "mappings", Value: []any{dashMapping()}})
		}
		if strings.HasPrefix(status.Key, "/") {
			panel.OverrideByRegexp(status.Key, properties)
		} else {
			panel.OverrideByName(status.Key, properties)
		}
	}
	return panel
}

// dashMapping stands for a value that may not or cannot be shown.
func dashMapping() map[string]any {
	return map[string]any{"type": "special", "options": map[string]any{"match": "null+nan", "result": map[string]any{"text": "—", "index": 0}}}
}

// units gives Grafana's unit and the decimals that make sense for an indicator.
func units(indicator *definition.Indicator) (unit string, decimals float64) {
	switch indicator.Unit {
	case "ratio":
		return "percentunit", 0
	case "count":
		return "locale", 0
	case "seconds":
		return "dtdurations", 0
	case "cases":
		if indicator.Measure.Kind == definition.Max || indicator.Measure.Kind == definition.Sum {
			return "none", 0
		}
		return "none", 1
	case "working_days", "per_10k", "per_100", "score":
		return "none", 1
	default:
		return "none", 0
	}
}
