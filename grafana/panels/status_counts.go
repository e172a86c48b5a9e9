package panels

import (
	"fmt"

	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
)

// StatusCounts adds how many indicators are on target, to watch and off target, now.
func (d *Dashboard) StatusCounts(id uint32, pos GridPos) {
	panel := newStat(id, pos, d.Source, "How many indicators with a target are on target, to watch and off target now.").
		Title("Indicators with a target, now").Decimals(0).
		TextMode(common.BigValueTextModeValueAndName).ColorMode(common.BigValueColorModeBackgroundSolid).
		Text(textSize(sizeSmall, sizeHead)).WideLayout(true).Orientation(common.VizOrientationVertical)
	for i, status := range []Status{Statuses()[2], Statuses()[1], Statuses()[0]} {
		panel.WithTarget(instantQuery(fmt.Sprintf("count(childrens_indicator_rag == %s) or on () vector(0)", status.Key), status.Text).RefId(string(rune('A'+i)))).
			OverrideByName(status.Text, []dashboard.DynamicConfigValue{colourOverride(Tint(status.Colour))})
	}
	d.add(panel)
}
