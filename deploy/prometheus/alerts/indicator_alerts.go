package alerts

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"childrens-services-exporter/exporter/board"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/internal/rulefile"
)

// unlessStale keeps an alert on values silent while the values are old.
func unlessStale(source, expression string) string {
	return fmt.Sprintf("(%s)\nunless on (authority) (childrens_exporter_stale{source=%q} == 1)", expression, source)
}

// topicsBySource are those of each source. A topic of two sources could not be silenced
// for one of them.
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

func quarterPeriod(family string, offset int) string {
	return fmt.Sprintf("childrens_indicator_period%s{window=\"quarter\",offset=\"%d\"}", family, offset)
}

// status is the status of the closed period so many back. Only periods of the primary kind of an indicator have one,
// quarters for most and terms for school figures, so that the alert names no kind.
func status(back int) string {
	return fmt.Sprintf("childrens_indicator_period_rag{offset=\"%d\"}", back)
}

// indicatorAlerts are the alerts on an indicator's closed periods: one of each for every chapter,
// to which its link leads, and source, which is what it is silenced by.
func indicatorAlerts(definitions *definition.Catalogue) ([]rulefile.Rule, error) {
	topics, err := topicsBySource(definitions)
	if err != nil {
		return nil, err
	}
	var rules []rulefile.Rule
	for _, source := range slices.Sorted(maps.Keys(topics)) {
		for _, chapter := range board.Chapters(definitions) {
			inChapter := slices.DeleteFunc(slices.Sorted(slices.Values(chapter.Topics)), func(topic string) bool { return !slices.Contains(topics[source], topic) })
			if len(inChapter) > 0 {
				rules = append(rules, chapterAlerts(chapter, source, inChapter)...)
			}
		}
	}
	return rules, nil
}

func chapterAlerts(chapter board.Chapter, source string, topics []string) []rulefile.Rule {
	const on = "on (authority, indicator)"
	// promtool takes rules of one name and the same labels for duplicates.
	withLabels := func(alert rulefile.Rule, measure string) rulefile.Rule {
		alert.Labels["source"], alert.Labels["chapter"], alert.Labels["measure"] = source, chapter.File, measure
		return alert
	}
	inTopics := func(unit string) string {
		return fmt.Sprintf("and %s childrens_indicator_info{%stopic=~%q}", on, unit, strings.Join(topics, "|"))
	}
	dashboard := chapter.UID() + "?var-indicator={{ $labels.indicator }}"
	return []rulefile.Rule{
		withLabels(rule("ChildrenIndicatorOffTarget", "warning", "1h", unlessStale(source, fmt.Sprintf(
			"(%s == 2)\nand on (authority, indicator, window) (%s == 2)\n%s", status(1), status(2), inTopics(""))), text{
			"{{ $labels.indicator }} is off target.", whole, "For two closed periods, {{ $labels.period }} the later.",
			"Read the commentary; where there is none, write what is being done and by when.", dashboard,
		}), "any"),
		// A count has to move by a quarter and by more than chance moves it: twice the root of both.
		withLabels(rule("ChildrenIndicatorSuddenChange", "info", "1h", unlessStale(source, fmt.Sprintf(
			"(abs(%[1]s - %[2]s %[3]s) > %[2]s (0.25 * %[3]s))\nand %[2]s (abs(%[1]s - %[2]s %[3]s) > %[2]s (2 * sqrt(%[1]s + %[2]s %[3]s)))\n%[4]s",
			quarterPeriod("", 1), on, quarterPeriod("", 5), inTopics("unit=\"count\","))), suddenChange(dashboard)), "count"),
		withLabels(rule("ChildrenIndicatorSuddenChange", "info", "1h", unlessStale(source, fmt.Sprintf(
			"(abs(%[1]s - %[2]s %[3]s) > 0.1)\nand %[2]s (%[4]s >= 30)\nand %[2]s (%[5]s >= 30)\n%[6]s",
			quarterPeriod("", 1), on, quarterPeriod("", 5), quarterPeriod("_denominator", 1), quarterPeriod("_denominator", 5), inTopics("unit=\"ratio\","))), suddenChange(dashboard)), "ratio"),
	}
}

func suddenChange(board string) text {
	return text{
		"{{ $labels.indicator }} moved by {{ $value | humanize }} against the same quarter of last year.", whole, "In the last closed quarter.",
		"Find out whether practice changed or recording did; the definition says what is counted.", board,
	}
}

// selection is a family, and the label values in it, that a manager acts on.
type selection struct {
	indicator  *definition.Indicator
	expression string
	team       bool
}

// worklistSelections finds them by how the house names them.
func worklistSelections(definitions *definition.Catalogue, suffix, band string) []selection {
	var selected []selection
	for _, indicator := range definitions.Indicators() {
		banded := slices.ContainsFunc(indicator.Measure.Bands, func(b definition.Band) bool { return b.Name == band })
		if !strings.HasSuffix(indicator.Name, suffix) || banded != (band != "") {
			continue
		}
		matcher := ""
		if banded {
			matcher = fmt.Sprintf("{%s=%q}", indicator.Measure.BandLabel, band)
		}
		by := ""
		if slices.ContainsFunc(indicator.Breakdowns, func(b definition.Breakdown) bool { return b.By == "team" }) {
			by = "team"
		}
		selected = append(selected, selection{indicator, indicator.Family(definition.Value, by) + matcher + " > 0", by != ""})
	}
	return selected
}

// worklistAlerts are the alerts for those who can still act this week.
func worklistAlerts(definitions *definition.Catalogue) ([]rulefile.Rule, error) {
	var alerts []rulefile.Rule
	for _, list := range []struct {
		alert, suffix, band, severity string
		said                          text
	}{
		{"ChildrenVisitsOverdue", "_visits_overdue", "", "warning", text{what: "{{ $value }} children have an overdue visit.", do: "See or reassign them today; the morning's page has each team's list."}},
		{"ChildrenCaseloadAboveLimit", "_caseload_over_limit_workers", "", "warning", text{what: "{{ $value }} workers hold more cases than the limit.", do: "Look at allocation and vacancies before the next case is given out."}},
		{"ChildrenStatutoryDateNear", "_assessments_open", "40 to 45", "warning", text{what: "{{ $value }} open assessments are 40 to 45 working days old.", do: "Finish and authorise them before day 45."}},
		{"ChildrenStatutoryDateNear", "_reviews_due", "next_7", "warning", text{what: "{{ $value }} reviews fall due within seven days.", do: "Confirm that each has a date and a chair."}},
	} {
		for _, selected := range worklistSelections(definitions, list.suffix, list.band) {
			annotations := list.said
			annotations.where, annotations.since, annotations.board = whole, "For half an hour and more, as the page shows.", morning
			if selected.team {
				annotations.where = team
			}
			alert := rule(list.alert, list.severity, "30m", unlessStale(selected.indicator.Cohort.Source, selected.expression), annotations)
			alert.Labels["indicator"], alert.Labels["source"] = selected.indicator.Name, selected.indicator.Cohort.Source
			alerts = append(alerts, alert)
		}
	}
	for _, alert := range []string{"ChildrenVisitsOverdue", "ChildrenCaseloadAboveLimit", "ChildrenStatutoryDateNear"} {
		if len(definitions.Cohorts) > 0 && !slices.ContainsFunc(alerts, func(r rulefile.Rule) bool { return r.Alert == alert }) {
			return nil, fmt.Errorf("no indicator is left for the alert %s; see how the worklists are named", alert)
		}
	}
	return alerts, nil
}
