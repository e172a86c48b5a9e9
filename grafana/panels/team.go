package panels

import (
	"fmt"
	"strings"

	"github.com/grafana/grafana-foundation-sdk/go/dashboard"

	"childrens-services-exporter/exporter/definition"
)

// wholeAuthority is what $team holds when no team is picked.
const wholeAuthority = "Whole authority"

// smallest is the least denominator of a team on which a ratio is judged, as
// CSE_RAG_DENOMINATOR has it unless a council sets it otherwise.
const smallest = 5

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

// authoritySelected has an answer while no team is picked. Grafana writes the name as a pattern, with brackets and dots escaped,
// which families are matched with; here it need only differ from wholeAuthority.
const authoritySelected = `(label_replace(vector(1), "team", "$team", "", "") and on (team) label_replace(vector(1), "team", "` + wholeAuthority + `", "", ""))`

// whenAuthoritySelected keeps an expression only while no team is picked.
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

// exceptAuthority has an answer for every team but not for the authority, which has a value of its own or none.
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

// TeamValues is an indicator's value for every team, and for the authority as the team wholeAuthority, each with its
// status, else why there is none. The authority's status is the exporter's own; a team's is worked out by the same
// rule from the same target and tolerance.
func TeamValues(indicator *definition.Indicator) string {
	info := forIndicator("childrens_indicator_info", indicator.Name)
	return teamFallback(
		authorityAsTeam("("+valueWithStatus(indicator)+")"),
		teamValueWithStatus(indicator),
		forEachTeam(reasonNaN(fmt.Sprintf("(childrens_exporter_indicator_available{indicator=%q} == 0)", indicator.Name), "unavailable"), "status"),
		forEachTeam(blankNaN(info, "no_cases"), "status"),
		forEachTeam(blankNaN("absent("+info+")", "unavailable not_connected"), "status"))
}

func teamValueWithStatus(indicator *definition.Indicator) string {
	value := teamValue(indicator)
	target, tolerance := forIndicator("childrens_indicator_target", indicator.Name), forIndicator("childrens_indicator_tolerance", indicator.Name)
	reaches, beyond := ">=", "-"
	if indicator.Better == definition.LowerBetter {
		reaches, beyond = "<=", "+"
	}
	var alternatives []string
	if indicator.Measure.Kind == definition.Ratio {
		alternatives = append(alternatives, withStatus(fmt.Sprintf("(%s and on (team) %s < %d)", value, familySelector(indicator, definition.Denominator, "team"), smallest), "few"))
	}
	// Ratios are quotients of counts: a hair's breadth is not a difference.
	return teamFallback(append(alternatives,
		withStatus(fmt.Sprintf("(%s %s on () group_left () (%s %s 1e-9))", value, reaches, target, beyond), "0"),
		withStatus(fmt.Sprintf("(%s %s on () group_left () (%s %s on (indicator) %s %s 1e-9))", value, reaches, target, beyond, tolerance, beyond), "1"),
		withStatus(fmt.Sprintf("(%s and on () %s)", value, target), "2"),
		withStatus(value, "none"))...)
}

// valueHistory is an indicator's value for the team that is picked, by day. History
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
