package screen

import (
	"fmt"
	"strings"

	"github.com/grafana/grafana-foundation-sdk/go/dashboard"

	"childrens-services-exporter/exporter/catalogue"
)

// wholeAuthority is what $team holds when no team is picked.
const wholeAuthority = "Whole authority"

// smallest is the least denominator of a team on which a ratio is judged, as
// CSE_RAG_DENOMINATOR has it unless a council sets it otherwise.
const smallest = 5

// TeamPicker adds the variable team: one team, or the whole authority.
func (b *Board) TeamPicker() {
	all := dashboard.StringOrArrayOfString{String: new("$__all")}
	b.dashboard.WithVariable(dashboard.NewQueryVariableBuilder("team").
		Label("Team (All = whole authority)").
		Description("A team; All is the whole authority, not a sum of teams.").
		Datasource(b.Source.ref()).
		Query(dashboard.StringOrMap{String: new(`label_values({__name__=~"childrens_.+_by_team"}, team)`)}).
		Refresh(dashboard.VariableRefreshOnDashboardLoad).
		Sort(dashboard.VariableSortAlphabeticalCaseInsensitiveAsc).
		Multi(false).IncludeAll(true).AllValue(wholeAuthority).
		Current(dashboard.VariableOption{
			Text:  dashboard.StringOrArrayOfString{String: new("All")},
			Value: all,
		}))
}

// whole has an answer while no team is picked, aTeam while one is. Grafana writes
// the name as a pattern, with brackets and dots escaped, which families are
// matched with; here it need only differ from wholeAuthority.
const (
	theTeam = `label_replace(vector(1), "team", "$team", "", "")`
	noTeam  = `label_replace(vector(1), "team", "` + wholeAuthority + `", "", "")`
	aTeam   = "(" + theTeam + " unless on (team) " + noTeam + ")"
	whole   = "(" + theTeam + " and on (team) " + noTeam + ")"
)

// ofWhole keeps an expression only while no team is picked.
func ofWhole(expression string) string {
	return "(" + expression + " and on () " + whole + ")"
}

// family is one part of an indicator, for the authority or for the team that is
// picked, at the headline window.
func family(indicator *catalogue.Indicator, part catalogue.Part, by string) string {
	var matchers []string
	if by == "team" {
		matchers = append(matchers, `team=~"$team"`)
	}
	if !indicator.Cohort.Snapshot() {
		matchers = append(matchers, fmt.Sprintf("window=%q", indicator.Headline))
	}
	name := indicator.Family(part, by)
	if len(matchers) == 0 {
		return name
	}
	return name + "{" + strings.Join(matchers, ", ") + "}"
}

// teamValue is one part for a team. A team without rows counts 0 wherever the
// authority has a count; its ratio has no value.
func teamValue(indicator *catalogue.Indicator, part catalogue.Part) string {
	value := family(indicator, part, "team")
	if indicator.Measure.Kind == catalogue.Count {
		value = "(" + value + " or on () (0 * " + family(indicator, part, "") + " and on () " + aTeam + "))"
	}
	return value
}

// picked is one part of an indicator for the team that is picked, or for the
// authority.
func picked(indicator *catalogue.Indicator, part catalogue.Part) string {
	return firstOf(ofWhole(family(indicator, part, "")), teamValue(indicator, part))
}

// InTeam is an indicator's value for the team that is picked, with its status,
// else why there is none. The whole authority's status is the exporter's own; a
// team's is worked out by the same rule from the same target and tolerance.
func InTeam(indicator *catalogue.Indicator) string {
	info := of("childrens_indicator_info", indicator.Name)
	return firstOf(
		ofWhole("("+judged(indicator)+")"),
		teamJudged(indicator),
		reasoned(fmt.Sprintf("(childrens_exporter_indicator_available{indicator=%q} == 0)", indicator.Name), "unavailable"),
		blank(info, "no_cases"),
		blank("absent("+info+")", "unavailable not_connected"))
}

func teamJudged(indicator *catalogue.Indicator) string {
	value := teamValue(indicator, catalogue.Value)
	target, tolerance := of("childrens_indicator_target", indicator.Name), of("childrens_indicator_tolerance", indicator.Name)
	reaches, beyond := ">=", "-"
	if indicator.Better == catalogue.LowerBetter {
		reaches, beyond = "<=", "+"
	}
	var branches []string
	if indicator.Measure.Kind == catalogue.Ratio {
		branches = append(branches, labelled(fmt.Sprintf("(%s and on () %s < %d)", value, family(indicator, catalogue.Denominator, "team"), smallest), "few"))
	}
	// Ratios are quotients of counts: a hair's breadth is not a difference.
	return firstOf(append(branches,
		labelled(fmt.Sprintf("(%s %s on () group_left () (%s %s 1e-9))", value, reaches, target, beyond), "0"),
		labelled(fmt.Sprintf("(%s %s on () group_left () (%s %s on (indicator) %s %s 1e-9))", value, reaches, target, beyond, tolerance, beyond), "1"),
		labelled(fmt.Sprintf("(%s and on () %s)", value, target), "2"),
		labelled(value, "none"))...)
}

// InTeamOf is InTeam with " · n of N" as the label fact, which follows the words
// of the status.
func InTeamOf(indicator *catalogue.Indicator) string {
	parts := fmt.Sprintf(`label_replace(%s, "fact", " · $1", "fact", "(.*)")`,
		nOf(picked(indicator, catalogue.Numerator), picked(indicator, catalogue.Denominator)))
	return firstOf(fmt.Sprintf("(%s)\n* on () group_left (fact) %s", InTeam(indicator), parts), InTeam(indicator))
}

// InTeamAs is a count for the team that is picked with the status, and "n of N",
// of the ratio that the target is set on.
func InTeamAs(count, ratio *catalogue.Indicator) string {
	return firstOf(
		fmt.Sprintf("(%s)\n* on () group_left (status, fact) (0 * ((%s) >= 0) + 1)", picked(count, catalogue.Value), InTeamOf(ratio)),
		InTeam(count))
}

// overTime is an indicator's value for the team that is picked, by day. History
// is a sample a day, which a plain query finds for five minutes only.
func overTime(indicator *catalogue.Indicator) string {
	lasting := func(by string) string {
		return "last_over_time(" + family(indicator, catalogue.Value, by) + "[26h])"
	}
	return firstOf(ofWhole(lasting("")), lasting("team"))
}
