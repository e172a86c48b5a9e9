package screen

import (
	"fmt"
	"strings"

	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"

	"childrens-services-exporter/exporter/catalogue"
)

// Due is one line of a work list: how many of a family are in a group, and in what words.
type Due struct {
	// Group is the value of the family's label, or empty for a family that has none.
	Group string
	Words string
	// Late is true where none is right and any is too many.
	Late bool
}

// WorkList is a family of counts by when something falls due.
type WorkList struct {
	Indicator, Label string
	Groups           []Due
}

// WorkLists adds the counts of one or more work lists side by side, for the team that is picked.
func (b *Board) WorkLists(id uint32, place Place, title string, lists ...WorkList) {
	panel := newStat(id, place, b.Source, describe(b.indicator(lists[0].Indicator))).
		Title(title).Unit("locale").Decimals(0).
		TextMode(common.BigValueTextModeValueAndName).ColorMode(common.BigValueColorModeBackgroundSolid).
		Orientation(common.VizOrientationVertical).
		Text(size(sizeAxis, sizeHead)).NoValue("not served: see Data quality")
	for i, list := range lists {
		indicator := b.indicator(list.Indicator)
		panel.WithTarget(instant(list.query(indicator), "{{show}}").RefId(string(rune('A' + i))))
		for _, group := range list.Groups {
			if group.Late {
				panel.OverrideByName("▼ "+group.Words, []dashboard.DynamicConfigValue{colourOf(Tint(Vermilion))}).
					OverrideByName("▲ "+group.Words, []dashboard.DynamicConfigValue{colourOf(Tint(Green))})
			} else {
				panel.OverrideByName(group.Words, []dashboard.DynamicConfigValue{colourOf(Tint(Blue))})
			}
		}
	}
	b.add(panel)
}

// query gives each group under the words that it is shown by, for the authority or the team that is picked. A team that
// is not in a family has nothing due.
func (l WorkList) query(indicator *catalogue.Indicator) string {
	shown := func(expression, words string) string {
		return fmt.Sprintf("label_replace(%s, \"show\", %q, \"\", \"\")", expression, words)
	}
	var branches []string
	for _, group := range l.Groups {
		value := fmt.Sprintf("max(%s)", firstOf(ofWhole(l.family(indicator, "", group)), l.family(indicator, "team", group),
			fmt.Sprintf("(0 * %s and on () %s)", l.family(indicator, "", group), aTeam)))
		if group.Late {
			branches = append(branches, shown("("+value+" > 0)", "▼ "+group.Words), shown("("+value+" == 0)", "▲ "+group.Words))
		} else {
			branches = append(branches, shown(value, group.Words))
		}
	}
	return strings.Join(branches, "\nor\n")
}

func (l WorkList) family(indicator *catalogue.Indicator, by string, group Due) string {
	selector := family(indicator, catalogue.Value, by)
	if group.Group == "" {
		return selector
	}
	matcher := fmt.Sprintf("%s=%q", l.Label, group.Group)
	if before, ok := strings.CutSuffix(selector, "}"); ok {
		return before + ", " + matcher + "}"
	}
	return selector + "{" + matcher + "}"
}
