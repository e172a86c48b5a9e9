package alerts

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"childrens-services-exporter/exporter/board"
	"childrens-services-exporter/exporter/definition"
)

// indicatorAlerts are the alerts on an indicator's closed periods: one of each for every chapter, to whose dashboard it
// links, and source, whose stale data silence it.
func indicatorAlerts(definitions *definition.Catalogue) ([]alert, error) {
	topics, err := topicsBySource(definitions)
	if err != nil {
		return nil, err
	}
	var alerts []alert
	for _, source := range slices.Sorted(maps.Keys(topics)) {
		for _, chapter := range board.Chapters(definitions) {
			inChapter := slices.DeleteFunc(slices.Sorted(slices.Values(chapter.Topics)), func(topic string) bool { return !slices.Contains(topics[source], topic) })
			if len(inChapter) > 0 {
				alerts = append(alerts, chapterAlerts(chapter, source, inChapter)...)
			}
		}
	}
	return alerts, nil
}

// topicsBySource are the topics that each source serves. A topic of two sources could not be silenced for one of them.
func topicsBySource(definitions *definition.Catalogue) (map[string][]string, error) {
	source := map[string]string{}
	for _, cohort := range definitions.Cohorts {
		if other, known := source[cohort.Topic]; known && other != cohort.Source {
			return nil, fmt.Errorf("topic %s is read from %s and %s; give each source a topic of its own", cohort.Topic, other, cohort.Source)
		}
		source[cohort.Topic] = cohort.Source
	}
	topics := map[string][]string{}
	for _, topic := range slices.Sorted(maps.Keys(source)) {
		topics[source[topic]] = append(topics[source[topic]], topic)
	}
	return topics, nil
}

// onIndicator joins two families of an indicator.
const onIndicator = "on (authority, indicator)"

// statusPeriod selects the status of the closed period with an offset. Only periods of an indicator's primary kind have a
// status, quarters for most and terms for school figures, so that the selector names no window.
func statusPeriod(offset int) string {
	return fmt.Sprintf("childrens_indicator_period_rag{offset=\"%d\"}", offset)
}

// unlessStale keeps an alert on values silent while the values of its source are stale.
func unlessStale(source, expression string) string {
	return fmt.Sprintf("(%s)\nunless on (authority) (childrens_exporter_stale{source=%q} == 1)", expression, source)
}

// chapterAlerts are the alerts on the indicators of some topics.
func chapterAlerts(chapter board.Chapter, source string, topics []string) []alert {
	inTopics := func(unit string) string {
		return fmt.Sprintf("and %s childrens_indicator_info{%stopic=~%q}", onIndicator, unit, strings.Join(topics, "|"))
	}
	// promtool takes rules of one name and the same labels for duplicates.
	labels := func(measure string) map[string]string {
		return map[string]string{"source": source, "chapter": chapter.File, "measure": measure}
	}
	dashboard := chapter.UID() + "?var-indicator={{ $labels.indicator }}"
	suddenChange := func(measure, expression string) alert {
		return alert{
			name: "ChildrenIndicatorSuddenChange", severity: "info", wait: "1h",
			expression: unlessStale(source, expression), labels: labels(measure),
			summary: "{{ $labels.indicator }} moved by {{ $value | humanize }} against the same period of last year.",
			place:   authorityPlace, since: "in the last closed quarter or term.",
			action:    "Find out whether practice changed or recording did; the definition says what is counted.",
			dashboard: dashboard,
		}
	}
	return []alert{
		{
			name: "ChildrenIndicatorOffTarget", severity: "warning", wait: "1h",
			expression: unlessStale(source, fmt.Sprintf("(%s == 2)\nand on (authority, indicator, window) (%s == 2)\n%s",
				statusPeriod(1), statusPeriod(2), inTopics(""))),
			labels:  labels("any"),
			summary: "{{ $labels.indicator }} is off target.",
			place:   authorityPlace, since: "for two closed periods, {{ $labels.period }} the later.",
			action:    "Read the commentary; where there is none, write what is being done and by when.",
			dashboard: dashboard,
		},
		// A count has to move by a quarter and by more than chance moves it: twice the root of both.
		suddenChange("count", fmt.Sprintf(
			"(abs(%[1]s - %[2]s %[3]s) > %[2]s (0.25 * %[3]s))\nand %[2]s (abs(%[1]s - %[2]s %[3]s) > %[2]s (2 * sqrt(%[1]s + %[2]s %[3]s)))\n%[4]s",
			lastValue, onIndicator, yearBeforeValue, inTopics("unit=\"count\","))),
		suddenChange("ratio", fmt.Sprintf(
			"(abs(%[1]s - %[2]s %[3]s) > 0.1)\nand %[2]s (%[4]s >= 30)\nand %[2]s (%[5]s >= 30)\n%[6]s",
			lastValue, onIndicator, yearBeforeValue, lastDenominator, yearBeforeDenominator, inTopics("unit=\"ratio\","))),
	}
}
