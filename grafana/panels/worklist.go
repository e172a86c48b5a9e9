package panels

import (
	"fmt"
	"strings"

	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"

	"childrens-services-exporter/exporter/definition"
)

// WorklistGroup is one line of a work list: how many of a family are in a group, and in what words.
type WorklistGroup struct {
	// Value is the value of the family's label, or empty for a family that has none.
	Value   string
	Caption string
	// Overdue is true where none is right and any is too many.
	Overdue bool
}

// Worklist is a family of counts by when something falls due.
type Worklist struct {
	Indicator, Label string
	Groups           []WorklistGroup
}

// Worklists adds the counts of one or more work lists side by side, for the selected team.
func (d *Dashboard) Worklists(id uint32, pos GridPos, title string, lists ...Worklist) {
	panel := newStat(id, pos, d.Source, describe(d.indicator(lists[0].Indicator))).
		Title(title).Unit("locale").Decimals(0).
		TextMode(common.BigValueTextModeValueAndName).ColorMode(common.BigValueColorModeBackgroundSolid).
		Orientation(common.VizOrientationVertical).
		Text(textSize(sizeAxis, sizeHead)).NoValue("not served: see Data quality")
	indexByName := map[string]int{"Time": 0}
	for i, list := range lists {
		indicator := d.indicator(list.Indicator)
		panel.WithTarget(instantQuery(forSelectedTeam(d.addRule(Rule{Record: worklistRule, Indicator: indicator.Name, Labels: []string{"team", "show"}, Expr: list.expression(indicator)})), "{{show}}").RefId(string(rune('A' + i))))
		for _, group := range list.Groups {
			for _, name := range []string{group.Caption, "▼ " + group.Caption, "▲ " + group.Caption} {
				indexByName[name] = len(indexByName)
			}
			if group.Overdue {
				panel.OverrideByName("▼ "+group.Caption, []dashboard.DynamicConfigValue{colourOverride(Tint(Vermilion))}).
					OverrideByName("▲ "+group.Caption, []dashboard.DynamicConfigValue{colourOverride(Tint(Green))})
			} else {
				panel.OverrideByName(group.Caption, []dashboard.DynamicConfigValue{colourOverride(Tint(Blue))})
			}
		}
	}
	// Prometheus gives series in the order of their labels; what is late stands first.
	d.add(panel.Transformations([]dashboard.DataTransformerConfig{
		{Id: "joinByField", Options: map[string]any{"byField": "Time", "mode": "outer"}},
		{Id: "organize", Options: map[string]any{"indexByName": indexByName}},
	}))
}

// forSelectedTeam are the series of the selected team, or of the authority.
func forSelectedTeam(selector string, matchers ...string) string {
	return strings.TrimSuffix(selector, "}") + ", " + strings.Join(append([]string{`team=~"$team"`}, matchers...), ", ") + "}"
}

// expression gives each group under the words that it is shown by, for every team and the authority. A team that is not in
// a family has nothing due.
func (l Worklist) expression(indicator *definition.Indicator) string {
	withCaption := func(expression, words string) string { return withLabel(expression, "show", words) }
	var alternatives []string
	for _, group := range l.Groups {
		authority := l.groupSelector(indicator, "", group)
		value := fmt.Sprintf("max by (team) (%s)", teamFallback(authorityAsTeam(authority), l.groupSelector(indicator, "team", group), forEachTeam("(0 * "+authority+")", "")))
		if group.Overdue {
			alternatives = append(alternatives, withCaption("("+value+" > 0)", "▼ "+group.Caption), withCaption("("+value+" == 0)", "▲ "+group.Caption))
		} else {
			alternatives = append(alternatives, withCaption(value, group.Caption))
		}
	}
	return strings.Join(alternatives, "\nor\n")
}

func (l Worklist) groupSelector(indicator *definition.Indicator, by string, group WorklistGroup) string {
	if group.Value == "" {
		return familySelector(indicator, definition.Value, by)
	}
	return familySelector(indicator, definition.Value, by, fmt.Sprintf("%s=%q", l.Label, group.Value))
}
