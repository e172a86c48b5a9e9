package panels

import (
	"fmt"
	"strings"

	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"

	"childrens-services-exporter/exporter/definition"
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
	order := map[string]int{"Time": 0}
	for i, list := range lists {
		indicator := b.indicator(list.Indicator)
		panel.WithTarget(instant(ofPicked(b.record(Rule{Record: dueAnswers, Indicator: indicator.Name, Labels: []string{"team", "show"}, Expr: list.query(indicator)})), "{{show}}").RefId(string(rune('A' + i))))
		for _, group := range list.Groups {
			for _, name := range []string{group.Words, "▼ " + group.Words, "▲ " + group.Words} {
				order[name] = len(order)
			}
			if group.Late {
				panel.OverrideByName("▼ "+group.Words, []dashboard.DynamicConfigValue{colourOf(Tint(Vermilion))}).
					OverrideByName("▲ "+group.Words, []dashboard.DynamicConfigValue{colourOf(Tint(Green))})
			} else {
				panel.OverrideByName(group.Words, []dashboard.DynamicConfigValue{colourOf(Tint(Blue))})
			}
		}
	}
	// Prometheus gives answers in the order of their labels; what is late stands first.
	b.add(panel.Transformations([]dashboard.DataTransformerConfig{
		{Id: "joinByField", Options: map[string]any{"byField": "Time", "mode": "outer"}},
		{Id: "organize", Options: map[string]any{"indexByName": order}},
	}))
}

// ofPicked are the answers for the team that is picked, or for the authority.
func ofPicked(answers string, matchers ...string) string {
	return strings.TrimSuffix(answers, "}") + ", " + strings.Join(append([]string{`team=~"$team"`}, matchers...), ", ") + "}"
}

// query gives each group under the words that it is shown by, for every team and the authority. A team that is not in
// a family has nothing due.
func (l WorkList) query(indicator *definition.Indicator) string {
	shown := func(expression, words string) string { return with(expression, "show", words) }
	var branches []string
	for _, group := range l.Groups {
		authority := l.family(indicator, "", group)
		value := fmt.Sprintf("max by (team) (%s)", firstOfTeam(asTeam(authority), l.family(indicator, "team", group), inEveryTeam("(0 * "+authority+")", "")))
		if group.Late {
			branches = append(branches, shown("("+value+" > 0)", "▼ "+group.Words), shown("("+value+" == 0)", "▲ "+group.Words))
		} else {
			branches = append(branches, shown(value, group.Words))
		}
	}
	return strings.Join(branches, "\nor\n")
}

func (l WorkList) family(indicator *definition.Indicator, by string, group Due) string {
	if group.Group == "" {
		return family(indicator, definition.Value, by)
	}
	return family(indicator, definition.Value, by, fmt.Sprintf("%s=%q", l.Label, group.Group))
}
