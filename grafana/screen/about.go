package screen

import (
	"fmt"

	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/prometheus"
)

// chosen is a generic family of the indicator that is picked.
func chosen(family string) string { return family + `{indicator="$indicator"}` }

// grafanaUnits are Grafana's names of the units of indicators.
func grafanaUnits() [][2]string {
	return [][2]string{{"ratio", "percentunit"}, {"seconds", "dtdurations"}, {"count", "locale"}, {"per_10k", "none"}, {"cases", "none"}, {"score", "none"}}
}

// aboutChosen answers with one series for the indicator that is picked. Its labels are the unit, the target and
// England's value, from which a panel takes its unit and lines: a panel on an indicator that is picked cannot know
// them beforehand.
func aboutChosen() *prometheus.DataqueryBuilder {
	unit := chosen("childrens_indicator_info")
	for _, known := range grafanaUnits() {
		unit = fmt.Sprintf("label_replace(%s, \"unit\", %q, \"unit\", %q)", unit, known[1], known[0])
	}
	none := "group by (indicator) (" + chosen("childrens_indicator_info") + ")"
	line := func(label, expression string) string {
		return fmt.Sprintf("(count_values by (indicator) (%q, %s) or on (indicator) %s)", label, expression, none)
	}
	expression := fmt.Sprintf("group by (unit, target, england) (\n%s\n* on (indicator) group_left (target) %s\n* on (indicator) group_left (england) %s\n)",
		unit, line("target", scored(chosen("childrens_indicator_target"))),
		line("england", scored(`childrens_benchmark{indicator="$indicator", area_type="england"}`)))
	return instant(expression, "").Format(prometheus.PromQueryFormatTable).RefId("About")
}

// asChosen gives every number of a panel the unit of the indicator that is picked, and lines at its target and at
// England where lines is true.
func asChosen(lines bool) dashboard.DataTransformerConfig {
	mapping := func(field, handler string) map[string]any {
		return map[string]any{"fieldName": field, "handlerKey": handler, "reducerId": "lastNotNull"}
	}
	mappings := []any{mapping("Time", "__ignore"), mapping("Value #About", "__ignore"), mapping("Value", "__ignore"), mapping("unit", "unit")}
	for _, line := range [][2]string{{"target", Grey}, {"england", Blue}} {
		label, colour := line[0], line[1]
		one := mapping(label, "__ignore")
		if lines {
			one = mapping(label, "threshold1")
			one["handlerArguments"] = map[string]any{"threshold": map[string]any{"color": colour}}
		}
		mappings = append(mappings, one)
	}
	return dashboard.DataTransformerConfig{Id: "configFromData", Options: map[string]any{
		"configRefId": "About", "applyTo": map[string]any{"id": "byType", "options": "number"}, "mappings": mappings,
	}}
}
