package panels

import (
	"fmt"
	"strings"

	"github.com/grafana/grafana-foundation-sdk/go/dashboard"

	"childrens-services-exporter/exporter/definition"
)

// wholeAuthority is what $team holds when no team is selected.
const wholeAuthority = "Whole authority"

// TeamVariable adds the variable team: one team, or the whole authority.
func (d *Dashboard) TeamVariable() {
	all := dashboard.StringOrArrayOfString{String: new("$__all")}
	d.builder.WithVariable(dashboard.NewQueryVariableBuilder("team").
		Label("Team (All = whole authority)").
		Description("A team; All is the whole authority, not a sum of teams.").
		Datasource(d.Source.ref()).
		Query(dashboard.StringOrMap{String: new(`label_values({__name__=~"childrens_.+_by_team"}, team)`)}).
		Refresh(dashboard.VariableRefreshOnDashboardLoad).
		Sort(dashboard.VariableSortAlphabeticalCaseInsensitiveAsc).
		Multi(false).IncludeAll(true).AllValue(wholeAuthority).
		Current(dashboard.VariableOption{
			Text:  dashboard.StringOrArrayOfString{String: new("All")},
			Value: all,
		}))
}

// allTeams gives every team, and the authority among them.
func allTeams() string {
	return fmt.Sprintf("group by (team) ({__name__=~\"childrens_.+_by_team\"})\nor on (team)\n%s", authorityAsTeam("vector(1)"))
}

// authorityAsTeam gives the authority's series as those of one more team.
func authorityAsTeam(expression string) string { return withLabel(expression, "team", wholeAuthority) }

// authoritySelected has a value while no team is selected. Grafana writes the name as a pattern, with brackets and dots escaped,
// which families are matched with; here it need only differ from wholeAuthority.
const authoritySelected = `(label_replace(vector(1), "team", "$team", "", "") and on (team) label_replace(vector(1), "team", "` + wholeAuthority + `", "", ""))`

// whenAuthoritySelected keeps an expression only while no team is selected.
func whenAuthoritySelected(expression string) string {
	return "(" + expression + " and on () " + authoritySelected + ")"
}

// familySelector is one part of an indicator, for the authority or for every team, at the headline window.
func familySelector(indicator *definition.Indicator, part definition.Part, by string, matchers ...string) string {
	if !indicator.Cohort.Snapshot() {
		matchers = append(matchers, fmt.Sprintf("window=%q", indicator.Headline))
	}
	name := indicator.Family(part, by)
	if len(matchers) == 0 {
		return name
	}
	return name + "{" + strings.Join(matchers, ", ") + "}"
}

// exceptAuthority has a value for every team but not for the authority, which has a value of its own or none.
func exceptAuthority(expression string) string {
	return fmt.Sprintf("(%s unless on (team) %s)", expression, authorityAsTeam("vector(1)"))
}

// forEachTeam has a copy of an expression of one series for every team and for the authority.
func forEachTeam(expression, labels string) string {
	return fmt.Sprintf("(%s * on () group_left (%s) %s)", teamsRule, labels, expression)
}

// teamValue is the value of each team. A team without rows counts 0 wherever the authority has a count; its ratio has
// no value.
func teamValue(indicator *definition.Indicator) string {
	value := familySelector(indicator, definition.Value, "team")
	if indicator.Measure.Kind == definition.Count {
		value = fmt.Sprintf("(%s or on (team) %s)", value, exceptAuthority(forEachTeam("(0 * "+familySelector(indicator, definition.Value, "")+")", "")))
	}
	return value
}

// teamFallback is firstOf for each team by itself.
func teamFallback(expressions ...string) string { return strings.Join(expressions, "\nor on (team)\n") }

// TeamValues is an indicator's value for every team, and for the authority as the team wholeAuthority, each with the
// status that the exporter gives it, otherwise with the reason why there is none.
func TeamValues(indicator *definition.Indicator) string {
	info := forIndicator("childrens_indicator_info", indicator.Name)
	return teamFallback(
		authorityAsTeam("("+valueWithStatus(indicator)+")"),
		teamValueWithStatus(indicator),
		forEachTeam(reasonNaN(forIndicator("childrens_exporter_indicator_unavailable_reason", indicator.Name), "unavailable"), "status"),
		forEachTeam(blankNaN(info, "no_cases"), "status"),
		forEachTeam(blankNaN("absent("+info+")", "unavailable not_connected"), "status"))
}

// teamValueWithStatus is the value of each team with its RAG as the label status. A team that the exporter gives no status
// although there is a target has too few cases. A count of 0 of a team without rows, which the exporter does not serve, is
// on target where lower is better.
func teamValueWithStatus(indicator *definition.Indicator) string {
	value := teamValue(indicator)
	withTarget := func(value string) string {
		return fmt.Sprintf("(%s and on () %s)", value, forIndicator("childrens_indicator_target", indicator.Name))
	}
	alternatives := []string{fmt.Sprintf("(%s * on (team) group_left (status) count_values by (team) (\"status\", %s))",
		value, forIndicator("childrens_indicator_rag_by_team", indicator.Name))}
	if indicator.Measure.Kind == definition.Count && indicator.Better == definition.LowerBetter {
		alternatives = append(alternatives, withStatus(withTarget("("+value+" == 0)"), "0"))
	}
	return teamFallback(append(alternatives, withStatus(withTarget(value), "few"), withStatus(value, "none"))...)
}

// valueHistory is an indicator's value for the selected team, by day. History
// is a sample a day, which a plain query finds for five minutes only.
func valueHistory(indicator *definition.Indicator) string {
	lastDay := func(by string) string {
		var matchers []string
		if by == "team" {
			matchers = append(matchers, `team=~"$team"`)
		}
		return "last_over_time(" + familySelector(indicator, definition.Value, by, matchers...) + "[26h])"
	}
	return fallback(whenAuthoritySelected(lastDay("")), lastDay("team"))
}
