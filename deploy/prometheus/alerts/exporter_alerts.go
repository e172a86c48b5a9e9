package alerts

import (
	"fmt"
	"strings"

	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/internal/rulefile"
)

// exporterAlerts are the alerts on whether the numbers can be relied on.
func exporterAlerts() []rulefile.Rule {
	const source = "{{ $labels.authority }}, source {{ $labels.source }}"
	return []rulefile.Rule{
		rule("ChildrenExporterDown", "critical", "10m", `up{job=~"childrens_services.*"} == 0`, text{
			"The exporter does not answer.", whole, "For ten minutes.", "Look at its log; screens show gaps until it is back.", wall}),
		rule("ChildrenSourceDown", "critical", "15m", `childrens_exporter_up == 0`, text{
			"A database cannot be read.", source, "For fifteen minutes.", "Run the command check; it says why.", wall}),
		rule("ChildrenDataStale", "critical", "15m", `childrens_exporter_stale == 1`, text{
			"Values are older than they may be; alerts on values are silent.", source, "For fifteen minutes.", "Look at the landing page of the exporter.", wall}),
		rule("ChildrenDataOld", "warning", "1h", `time() - childrens_exporter_source_data_timestamp_seconds > 4 * 86400`, text{
			"The latest event in the data is {{ $value | humanizeDuration }} old.", source, "For four days and more.", "Ask whether the nightly refresh of the warehouse still runs.", wall}),
		rule("ChildrenIndicatorExpired", "warning", "15m", `childrens_exporter_indicator_unavailable_reason{reason="expired"} == 1`, text{
			"{{ $labels.indicator }} has expired and shows a gap.", whole, "For fifteen minutes.", "Look at the landing page of the exporter for its cohort.", wall}),
		rule("ChildrenGuardHeld", "warning", "1h", `childrens_exporter_guard_held == 1`, text{
			"New readings are held back: {{ $labels.reason }}.", source, "For an hour.", "If the fall is real, accept it with collect -accept; if not, repair the refresh.", wall}),
		// Other reasons have alerts of their own, or are the first minutes after a start.
		rule("ChildrenIndicatorLost", "warning", "1h", `(childrens_exporter_indicator_unavailable_reason{reason!~"expired|not_yet_read"} == 1)
and on (authority, indicator) (max_over_time(childrens_exporter_indicator_available[7d]) == 1)`, text{
			"{{ $labels.indicator }} was served and is not any more: {{ $labels.reason }}.", whole, "Served within the last seven days.", "Run the command check; a column or a right may be gone.", wall}),
	}
}

// publicAlerts are the rules of the public page, for the Prometheus that scrapes it.
func publicAlerts(definitions *definition.Catalogue) []rulefile.Rule {
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
	const named = `label_replace(%s >= 1 <= 5, "family", "$1", "__name__", "(.+)")`
	counts := fmt.Sprintf(named, fmt.Sprintf(`{__name__=~%q,job="childrens_services_public"}`, strings.Join(families, "|")))
	generic := fmt.Sprintf(named, fmt.Sprintf(`{__name__=~"childrens_indicator_value|childrens_indicator_period",job="childrens_services_public",indicator=~%q}`, strings.Join(indicators, "|")))
	parts := fmt.Sprintf(named, `{__name__=~"childrens_.+_(numerator|denominator)",job="childrens_services_public"}`)
	split := `label_replace({__name__=~"childrens_.+",job="childrens_services_public",team!=""} or {__name__=~"childrens_.+",job="childrens_services_public",worker!=""}, "family", "$1", "__name__", "(.+)")`
	annotations := text{what: "A public screen may identify a child: {{ $labels.family }} {{ $labels.indicator }}.", where: whole, since: "Since the last scrape.",
		do: "Take the public page off the screens now, then tell whoever runs the exporter.", board: wall}
	return []rulefile.Rule{
		rule("ChildrenPublicRuleBroken", "critical", "", counts+"\nor\n"+generic+"\nor\n"+parts+"\nor\n"+split, annotations),
	}
}
