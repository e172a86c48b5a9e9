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

// trusted keeps an alert on values silent while the values are old.
func trusted(source, expression string) string {
	return fmt.Sprintf("(%s)\nunless on (authority) (childrens_exporter_stale{source=%q} == 1)", expression, source)
}

// topics are those of each source. A topic of two sources could not be silenced
// for one of them.
func topics(definitions *definition.Catalogue) (map[string][]string, error) {
	source := map[string]string{}
	for _, cohort := range definitions.Cohorts {
		if before, known := source[cohort.Topic]; known && before != cohort.Source {
			return nil, fmt.Errorf("topic %s is read from %s and %s; give each source a topic of its own", cohort.Topic, before, cohort.Source)
		}
		source[cohort.Topic] = cohort.Source
	}
	of := map[string][]string{}
	for _, topic := range slices.Sorted(maps.Keys(source)) {
		of[source[topic]] = append(of[source[topic]], topic)
	}
	return of, nil
}

func quarter(family string, back int) string {
	return fmt.Sprintf("childrens_indicator_period%s{kind=\"quarter\",back=\"%d\"}", family, back)
}

// status is the status of the closed period so many back. Only periods of the primary kind of an indicator have one,
// quarters for most and terms for school figures, so that the alert names no kind.
func status(back int) string {
	return fmt.Sprintf("childrens_indicator_period_rag{back=\"%d\"}", back)
}

// judged are the alerts on an indicator's closed periods: one of each for every chapter,
// to which its link leads, and source, which is what it is silenced by.
func judged(definitions *definition.Catalogue) ([]rulefile.Rule, error) {
	of, err := topics(definitions)
	if err != nil {
		return nil, err
	}
	var rules []rulefile.Rule
	for _, source := range slices.Sorted(maps.Keys(of)) {
		for _, chapter := range board.Chapters(definitions) {
			shared := slices.DeleteFunc(slices.Sorted(slices.Values(chapter.Topics)), func(topic string) bool { return !slices.Contains(of[source], topic) })
			if len(shared) > 0 {
				rules = append(rules, judgedIn(chapter, source, shared)...)
			}
		}
	}
	return rules, nil
}

func judgedIn(chapter board.Chapter, source string, topics []string) []rulefile.Rule {
	const on = "on (authority, indicator)"
	// promtool takes rules of one name and the same labels for duplicates.
	labelled := func(made rulefile.Rule, measure string) rulefile.Rule {
		made.Labels["source"], made.Labels["chapter"], made.Labels["measure"] = source, chapter.File, measure
		return made
	}
	among := func(unit string) string {
		return fmt.Sprintf("and %s childrens_indicator_info{%stopic=~%q}", on, unit, strings.Join(topics, "|"))
	}
	board := chapter.UID() + "?var-indicator={{ $labels.indicator }}"
	return []rulefile.Rule{
		labelled(rule("ChildrenIndicatorOffTarget", "warning", "1h", trusted(source, fmt.Sprintf(
			"(%s == 2)\nand on (authority, indicator, kind) (%s == 2)\n%s", status(1), status(2), among(""))), text{
			"{{ $labels.indicator }} is off target.", whole, "For two closed periods, {{ $labels.period }} the later.",
			"Read the commentary; where there is none, write what is being done and by when.", board,
		}), "any"),
		// A count has to move by a quarter and by more than chance moves it: twice the root of both.
		labelled(rule("ChildrenIndicatorSuddenChange", "info", "1h", trusted(source, fmt.Sprintf(
			"(abs(%[1]s - %[2]s %[3]s) > %[2]s (0.25 * %[3]s))\nand %[2]s (abs(%[1]s - %[2]s %[3]s) > %[2]s (2 * sqrt(%[1]s + %[2]s %[3]s)))\n%[4]s",
			quarter("", 1), on, quarter("", 5), among("unit=\"count\","))), changed(board)), "count"),
		labelled(rule("ChildrenIndicatorSuddenChange", "info", "1h", trusted(source, fmt.Sprintf(
			"(abs(%[1]s - %[2]s %[3]s) > 0.1)\nand %[2]s (%[4]s >= 30)\nand %[2]s (%[5]s >= 30)\n%[6]s",
			quarter("", 1), on, quarter("", 5), quarter("_denominator", 1), quarter("_denominator", 5), among("unit=\"ratio\","))), changed(board)), "ratio"),
	}
}

func changed(board string) text {
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

// selections finds them by how the house names them.
func selections(definitions *definition.Catalogue, suffix, band string) []selection {
	var found []selection
	for _, indicator := range definitions.Indicators() {
		banded := slices.ContainsFunc(indicator.Measure.Bands, func(b definition.Band) bool { return b.Name == band })
		if !strings.HasSuffix(indicator.Name, suffix) || banded != (band != "") {
			continue
		}
		chosen := ""
		if banded {
			chosen = fmt.Sprintf("{%s=%q}", indicator.Measure.BandLabel, band)
		}
		by := ""
		if slices.ContainsFunc(indicator.Breakdowns, func(b definition.Breakdown) bool { return b.By == "team" }) {
			by = "team"
		}
		found = append(found, selection{indicator, indicator.Family(definition.Value, by) + chosen + " > 0", by != ""})
	}
	return found
}

// worklists are the alerts for those who can still act this week.
func worklists(definitions *definition.Catalogue) ([]rulefile.Rule, error) {
	var rules []rulefile.Rule
	for _, list := range []struct {
		alert, suffix, band, severity string
		said                          text
	}{
		{"ChildrenVisitsOverdue", "_visits_overdue", "", "warning", text{what: "{{ $value }} children have an overdue visit.", do: "See or reassign them today; the morning's page has each team's list."}},
		{"ChildrenCaseloadAboveLimit", "_caseload_over_limit_workers", "", "warning", text{what: "{{ $value }} workers hold more cases than the limit.", do: "Look at allocation and vacancies before the next case is given out."}},
		{"ChildrenStatutoryDateNear", "_assessments_open", "40 to 45", "warning", text{what: "{{ $value }} open assessments are 40 to 45 working days old.", do: "Finish and authorise them before day 45."}},
		{"ChildrenStatutoryDateNear", "_reviews_due", "next_7", "warning", text{what: "{{ $value }} reviews fall due within seven days.", do: "Confirm that each has a date and a chair."}},
	} {
		for _, one := range selections(definitions, list.suffix, list.band) {
			said := list.said
			said.where, said.since, said.board = whole, "For half an hour and more, as the page shows.", morning
			if one.team {
				said.where = team
			}
			made := rule(list.alert, list.severity, "30m", trusted(one.indicator.Cohort.Source, one.expression), said)
			made.Labels["indicator"], made.Labels["source"] = one.indicator.Name, one.indicator.Cohort.Source
			rules = append(rules, made)
		}
	}
	for _, alert := range []string{"ChildrenVisitsOverdue", "ChildrenCaseloadAboveLimit", "ChildrenStatutoryDateNear"} {
		if len(definitions.Cohorts) > 0 && !slices.ContainsFunc(rules, func(r rulefile.Rule) bool { return r.Alert == alert }) {
			return nil, fmt.Errorf("no indicator is left for the alert %s; see how the worklists are named", alert)
		}
	}
	return rules, nil
}
