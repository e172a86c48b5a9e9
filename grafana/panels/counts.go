package panels

import (
	"fmt"

	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
)

// Counts adds how many indicators are on target, to watch and off target, now.
func (b *Board) Counts(id uint32, place Place) {
	panel := newStat(id, place, b.Source, "How many indicators with a target are on target, to watch and off target now.").
		Title("Indicators with a target, now").Decimals(0).
		TextMode(common.BigValueTextModeValueAndName).ColorMode(common.BigValueColorModeBackgroundSolid).
		Text(size(sizeSmall, sizeHead)).WideLayout(true).Orientation(common.VizOrientationVertical)
	for i, status := range []Status{Statuses()[2], Statuses()[1], Statuses()[0]} {
		panel.WithTarget(instant(fmt.Sprintf("count(childrens_indicator_rag == %s) or on () vector(0)", status.Key), status.Words).RefId(string(rune('A'+i)))).
			OverrideByName(status.Words, []dashboard.DynamicConfigValue{colourOf(Tint(status.Colour))})
	}
	b.add(panel)
}
