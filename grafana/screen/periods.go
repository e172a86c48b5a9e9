package screen

import (
	"fmt"

	"github.com/grafana/grafana-foundation-sdk/go/barchart"
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/prometheus"
)

// Quarters adds the last quarters of the indicator that is picked as bars in the colour of their status, with lines
// at the target and at England.
func (b *Board) Quarters(id uint32, place Place) {
	value := `childrens_indicator_period{indicator="$indicator", kind="quarter"}`
	rag := `childrens_indicator_period_rag{indicator="$indicator", kind="quarter"}`
	// The open quarter is not over yet, and says so.
	named := fmt.Sprintf("max by (back, period) (label_replace(label_join(%s, \"marked\", \" to date \", \"back\", \"period\"), \"period\", \"$1 to date\", \"marked\", \"0 to date (.*)\"))", value)
	judged := func(status string) string {
		return fmt.Sprintf("%s and on (back) max by (back) (%s == %s)", named, rag, status)
	}
	panel := barchart.NewPanelBuilder().Id(id).GridPos(place.grid()).Datasource(b.Source.ref()).
		Title("Quarter by quarter (grey line: target; blue line: England)").
		Description("The value of each quarter, worked out anew today, so that what was recorded late is in. The open quarter is marked to date.").
		Unit("none").Decimals(0).NoValue("no quarters yet").Min(0).
		WithTarget(column("All", named)).
		WithTarget(aboutChosen()).
		XField("period").Orientation(common.VizOrientationVertical).Stacking(common.StackingModeNormal).
		ShowValue(common.VisibilityModeAlways).BarWidth(0.7).GroupWidth(0.8).FillOpacity(85).LineWidth(0).
		ThresholdsStyle(common.NewGraphThresholdsStyleConfigBuilder().Mode(common.GraphThresholdsStyleModeLine)).
		Thresholds(plain("transparent")).
		Text(common.NewVizTextDisplayOptionsBuilder().ValueSize(sizeSmall)).
		Legend(legend()).
		Tooltip(common.NewVizTooltipOptionsBuilder().Mode(common.TooltipDisplayModeSingle).Sort(common.SortOrderNone))
	renamed := map[string]string{}
	excluded := map[string]bool{"Value #All": true, "Time": true, "back": true}
	for _, status := range Statuses()[:3] {
		ref := "Rag" + status.Key
		panel.WithTarget(column(ref, judged(status.Key)))
		renamed["Value #"+ref] = status.Words
		panel.OverrideByName(status.Words, []dashboard.DynamicConfigValue{colourOf(status.Colour)})
	}
	panel.WithTarget(column("None", fmt.Sprintf("%s unless on (back) max by (back) (%s)", named, rag)))
	renamed["Value #None"] = Statuses()[3].Words
	panel.OverrideByName(Statuses()[3].Words, []dashboard.DynamicConfigValue{colourOf(Blue)})
	for i := range 6 {
		excluded[fmt.Sprintf("Time %d", i+1)] = true
		excluded[fmt.Sprintf("back %d", i+1)] = true
	}
	b.add(panel.Transformations([]dashboard.DataTransformerConfig{
		asChosen(true),
		{Id: "joinByField", Options: map[string]any{"byField": "period", "mode": "outer"}},
		{Id: "sortBy", Options: map[string]any{"sort": []any{map[string]any{"field": "period"}}}},
		{Id: "organize", Options: map[string]any{"excludeByName": excluded, "renameByName": renamed}},
	}))
}

// column is a query whose answer is a column of a table.
func column(ref, expression string) *prometheus.DataqueryBuilder {
	return instant(expression, "").Format(prometheus.PromQueryFormatTable).RefId(ref)
}
