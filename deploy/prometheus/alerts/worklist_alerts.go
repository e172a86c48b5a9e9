package alerts

import (
	"fmt"
	"slices"
	"strings"

	"childrens-services-exporter/exporter/definition"
)

// worklistAlerts are the alerts for those who can still act this week.
func worklistAlerts(definitions *definition.Catalogue) ([]alert, error) {
	lists := []struct {
		name, suffix, band string
		summary, action    string
	}{
		{
			name: "ChildrenVisitsOverdue", suffix: "_visits_overdue",
			summary: "{{ $value }} children have an overdue visit.",
			action:  "See or reassign them today; the morning's page has each team's list.",
		},
		{
			name: "ChildrenCaseloadAboveLimit", suffix: "_caseload_over_limit_workers",
			summary: "{{ $value }} workers hold more cases than the limit.",
			action:  "Look at allocation and vacancies before the next case is given out.",
		},
		{
			name: "ChildrenStatutoryDateNear", suffix: "_assessments_open", band: "40 to 45",
			summary: "{{ $value }} open assessments are 40 to 45 working days old.",
			action:  "Finish and authorise them before day 45.",
		},
		{
			name: "ChildrenStatutoryDateNear", suffix: "_reviews_due", band: "next_7",
			summary: "{{ $value }} reviews fall due within seven days.",
			action:  "Confirm that each has a date and a chair.",
		},
	}
	var alerts []alert
	for _, list := range lists {
		for _, selected := range worklistSelections(definitions, list.suffix, list.band) {
			place := authorityPlace
			if selected.byTeam {
				place = teamPlace
			}
			source := selected.indicator.Cohort.Source
			alerts = append(alerts, alert{
				name: list.name, severity: "warning", wait: "30m",
				expression: unlessStale(source, selected.expression),
				labels:     map[string]string{"indicator": selected.indicator.Name, "source": source},
				summary:    list.summary,
				place:      place, since: "for half an hour and more, as the page shows.",
				action:    list.action,
				dashboard: morningDashboard,
			})
		}
	}
	for _, list := range lists {
		if len(definitions.Cohorts) > 0 && !slices.ContainsFunc(alerts, func(a alert) bool { return a.name == list.name }) {
			return nil, fmt.Errorf("no indicator is left for the alert %s; see how the worklists are named", list.name)
		}
	}
	return alerts, nil
}

// selection is the series of an indicator that a manager acts on.
type selection struct {
	indicator  *definition.Indicator
	expression string
	byTeam     bool
}

// worklistSelections are the indicators whose name ends in a suffix and, where a band is given, that have this band.
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
