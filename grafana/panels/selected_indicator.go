package panels

import (
	"fmt"

	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/prometheus"
)

// selected is a generic family of the selected indicator.
func selected(family string) string { return family + `{indicator="$indicator"}` }

// grafanaUnits are Grafana's names of the units of indicators.
func grafanaUnits() [][2]string {
	return [][2]string{{"ratio", "percentunit"}, {"seconds", "dtdurations"}, {"count", "locale"}, {"per_10k", "none"}, {"cases", "none"}, {"score", "none"}}
}

// selectionConfigQuery gives one series for the selected indicator. Its labels are the unit, the target, England's
// value and how high the bars of its quarters must reach, from which a panel takes its unit and lines: a panel on an
// indicator selected by a person cannot know them beforehand.
func (d *Dashboard) selectionConfigQuery() *prometheus.DataqueryBuilder {
	d.addRule(Rule{Record: configRule, Labels: []string{"indicator", "unit", "target", "england", "top"}, Expr: selectionConfig()})
	return instantQuery("group by (unit, target, england, top) ("+selected(configRule)+")", "").Format(prometheus.PromQueryFormatTable).RefId("About")
}

func selectionConfig() string {
	const info = "childrens_indicator_info"
	unit := info
	for _, name := range grafanaUnits() {
		unit = fmt.Sprintf("label_replace(%s, \"unit\", %q, \"unit\", %q)", unit, name[1], name[0])
	}
	none := "group by (indicator) (" + info + ")"
	line := func(label, expression string) string {
		return fmt.Sprintf("(count_values by (indicator) (%q, %s) or on (indicator) %s)", label, expression, none)
	}
	target, england := byIndicator("childrens_indicator_target"), byIndicator(`childrens_benchmark{area_type="england"}`)
	// A tenth above the highest of bars and lines, for the numbers on the bars.
	top := "1.1 * " + byIndicator(fmt.Sprintf("%s or %s or %s", primaryPeriods(), withLabel(target, "line", "target"), withLabel(withoutCounts(england), "line", "england")))
	return fmt.Sprintf("group by (indicator, unit, target, england, top) (\n%s\n* on (indicator) group_left (target) %s\n* on (indicator) group_left (england) %s\n* on (indicator) group_left (top) %s\n)",
		unit, line("target", target), line("england", england), line("top", top))
}

// withoutCounts leaves counts out: a count of England's beside a council's means nothing.
func withoutCounts(figures string) string {
	return "(" + figures + ` and on (indicator) childrens_indicator_info{unit!="count"})`
}

// panelConfig is what a panel takes from the selected indicator beside its unit.
type panelConfig struct {
	// lines are drawn at the target and at England.
	lines bool
	// maximum leaves room for both lines and for every quarter.
	maximum bool
}

// configFromSelection gives every number of a panel the unit of the selected indicator.
func configFromSelection(config panelConfig) dashboard.DataTransformerConfig {
	mapping := func(field, handler string) map[string]any {
		return map[string]any{"fieldName": field, "handlerKey": handler, "reducerId": "lastNotNull"}
	}
	mappings := []any{mapping("Time", "__ignore"), mapping("Value #About", "__ignore"), mapping("Value", "__ignore"), mapping("unit", "unit")}
	for _, line := range [][2]string{{"target", Grey}, {"england", Blue}} {
		label, colour := line[0], line[1]
		lineMapping := mapping(label, "__ignore")
		if config.lines {
			lineMapping = mapping(label, "threshold1")
			lineMapping["handlerArguments"] = map[string]any{"threshold": map[string]any{"color": colour}}
		}
		mappings = append(mappings, lineMapping)
	}
	top := mapping("top", "__ignore")
	if config.maximum {
		top = mapping("top", "max")
	}
	mappings = append(mappings, top)
	return dashboard.DataTransformerConfig{Id: "configFromData", Options: map[string]any{
		"configRefId": "About", "applyTo": map[string]any{"id": "byType", "options": "number"}, "mappings": mappings,
	}}
}
