package alerts

// exporterAlerts are the alerts on whether the numbers can be relied on: the exporter, its sources and its data.
func exporterAlerts() []alert {
	return []alert{
		{
			name: "ChildrenExporterDown", severity: "critical", wait: "10m",
			expression: `up{job=~"childrens_services.*"} == 0`,
			summary:    "The exporter does not answer.",
			place:      authorityPlace, since: "for ten minutes.",
			action:    "Look at its log; screens show gaps until it is back.",
			dashboard: wallboardDashboard,
		},
		{
			name: "ChildrenSourceDown", severity: "critical", wait: "15m",
			expression: `childrens_exporter_up == 0`,
			summary:    "A database cannot be read.",
			place:      sourcePlace, since: "for fifteen minutes.",
			action:    "Run the command check; it says why.",
			dashboard: wallboardDashboard,
		},
		{
			name: "ChildrenDataStale", severity: "critical", wait: "15m",
			expression: `childrens_exporter_stale == 1`,
			summary:    "Values are older than they may be; alerts on values are silent.",
			place:      sourcePlace, since: "for fifteen minutes.",
			action:    "Look at the landing page of the exporter.",
			dashboard: wallboardDashboard,
		},
		{
			name: "ChildrenDataOld", severity: "warning", wait: "1h",
			expression: `time() - childrens_exporter_source_data_timestamp_seconds > 4 * 86400`,
			summary:    "The latest event in the data is {{ $value | humanizeDuration }} old.",
			place:      sourcePlace, since: "for four days and more.",
			action:    "Ask whether the nightly refresh of the warehouse still runs.",
			dashboard: wallboardDashboard,
		},
		{
			name: "ChildrenIndicatorExpired", severity: "warning", wait: "15m",
			expression: `childrens_exporter_indicator_unavailable_reason{reason="expired"} == 1`,
			summary:    "{{ $labels.indicator }} has expired and shows a gap.",
			place:      authorityPlace, since: "for fifteen minutes.",
			action:    "Look at the landing page of the exporter for its cohort.",
			dashboard: wallboardDashboard,
		},
		{
			name: "ChildrenGuardHeld", severity: "warning", wait: "1h",
			expression: `childrens_exporter_guard_held == 1`,
			summary:    "New readings are held back: {{ $labels.reason }}.",
			place:      sourcePlace, since: "for an hour.",
			action:    "If the fall is real, accept it with collect -accept; if not, repair the refresh.",
			dashboard: wallboardDashboard,
		},
		{
			name: "ChildrenIndicatorLost", severity: "warning", wait: "1h",
			// Other reasons have alerts of their own, or are the first minutes after a start.
			expression: `(childrens_exporter_indicator_unavailable_reason{reason!~"expired|not_yet_read"} == 1)
and on (authority, indicator) (max_over_time(childrens_exporter_indicator_available[7d]) == 1)`,
			summary: "{{ $labels.indicator }} was served and is not any more: {{ $labels.reason }}.",
			place:   authorityPlace, since: "served within the last seven days.",
			action:    "Run the command check; a column or a right may be gone.",
			dashboard: wallboardDashboard,
		},
	}
}
