package screen

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

// MeetingCells is the status at the last meeting of the committee.
func MeetingCells() Cells {
	return Cells{Name: "Last meeting", Width: 118, field: "Value #Meeting", statuses: true,
		query: column("Meeting", scored("childrens_indicator_last_meeting_rag"))}
}

// CommentaryCells is what the service says about an indicator, or that it has not said anything where it must.
func CommentaryCells() Cells {
	expression := "group by (indicator, commentary) (\n" +
		"label_replace(childrens_commentary_info, \"commentary\", \"$1\", \"text\", \"(.*)\")\n" +
		"or on (indicator)\nlabel_replace(childrens_commentary_missing == 1, \"commentary\", \"▼ commentary missing\", \"\", \"\")\n)"
	return worded("commentary", "Commentary", 0, expression)
}
