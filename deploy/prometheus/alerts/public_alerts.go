package alerts

import (
	"fmt"
	"strings"

	"childrens-services-exporter/exporter/definition"
)

// publicAlerts is the alert on what the public page must never serve, for the Prometheus that scrapes it: a count of 1 to
// 5, or anything by team or worker.
func publicAlerts(definitions *definition.Catalogue) []alert {
	var families, indicators []string
	for _, indicator := range definitions.Indicators() {
		if indicator.Public != definition.PublicCount || indicator.Unit != "count" {
			continue
		}
		indicators = append(indicators, indicator.Name)
		for _, family := range indicator.Families() {
			if family.By == "" {
				families = append(families, family.Name)
			}
		}
	}
	const small = `label_replace(%s >= 1 <= 5, "family", "$1", "__name__", "(.+)")`
	expressions := []string{
		fmt.Sprintf(small, fmt.Sprintf(`{__name__=~%q,job="childrens_services_public"}`, strings.Join(families, "|"))),
		fmt.Sprintf(small, fmt.Sprintf(`{__name__=~"childrens_indicator_value|childrens_indicator_period",job="childrens_services_public",indicator=~%q}`, strings.Join(indicators, "|"))),
		fmt.Sprintf(small, `{__name__=~"childrens_.+_(numerator|denominator)",job="childrens_services_public"}`),
		`label_replace({__name__=~"childrens_.+",job="childrens_services_public",team!=""} or {__name__=~"childrens_.+",job="childrens_services_public",worker!=""}, "family", "$1", "__name__", "(.+)")`,
	}
	return []alert{{
		name: "ChildrenPublicRuleBroken", severity: "critical",
		expression: strings.Join(expressions, "\nor\n"),
		summary:    "A public screen may identify a child: {{ $labels.family }} {{ $labels.indicator }}.",
		place:      authorityPlace, since: "since the last scrape.",
		action:    "Take the public page off the screens now, then tell whoever runs the exporter.",
		dashboard: wallboardDashboard,
	}}
}
