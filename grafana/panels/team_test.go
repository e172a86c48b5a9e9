package panels_test

import (
	"fmt"
	"strings"
	"testing"

	"childrens-services-exporter/grafana/panels"
)

// inTeam is what a page asks of the answers for one team, when there are these teams.
func inTeam(query, team string, teams ...string) string {
	all := `label_replace(vector(1), "team", "Whole authority", "", "")`
	for _, one := range teams {
		all += fmt.Sprintf(` or label_replace(vector(1), "team", %q, "", "")`, one)
	}
	return fmt.Sprintf(`((%s) and on (team) label_replace(vector(1), "team", %q, "", ""))`, strings.ReplaceAll(query, "childrens:teams", "("+all+")"), team)
}

func generic(name string, value, target, tolerance float64, rag int) []string {
	label := fmt.Sprintf("{indicator=%q}", name)
	return []string{
		"childrens_indicator_info" + label + " 1",
		fmt.Sprintf("childrens_indicator_value%s %g", label, value),
		fmt.Sprintf("childrens_indicator_target%s %g", label, target),
		fmt.Sprintf("childrens_indicator_tolerance%s %g", label, tolerance),
		fmt.Sprintf("childrens_indicator_rag%s %d", label, rag),
	}
}

const everyone = "Whole authority"

var someTeams = []string{"North", "East_(1)", "South", "On", "Watch", "Off", "Few"}

func TestInTeamsCount(t *testing.T) {
	const name = "childrens_cp_visits_overdue"
	query := panels.InTeams(indicator(t, name))
	council := append(generic(name, 5, 0, 0, 2), name+" 5", name+`_by_team{team="North"} 5`, name+`_by_team{team="East_(1)"} 0`)
	unavailable := []string{
		fmt.Sprintf("childrens_indicator_info{indicator=%q} 1", name),
		fmt.Sprintf(`childrens_exporter_indicator_available{indicator=%q,reason="failed"} 0`, name),
	}
	ask(t, []question{
		{About: "the authority has the exporter's status", Series: council, Query: inTeam(query, everyone, someTeams...), Status: "2", Value: 5},
		{About: "a team off target", Series: council, Query: inTeam(query, "North", someTeams...), Status: "2", Value: 5},
		{About: "a name with brackets", Series: council, Query: inTeam(query, "East_(1)", someTeams...), Status: "0", Value: 0},
		{About: "a team without rows counts 0", Series: council, Query: inTeam(query, "South", someTeams...), Status: "0", Value: 0},
		{About: "no target", Series: []string{name + " 5", name + `_by_team{team="North"} 5`}, Query: inTeam(query, "North", someTeams...), Status: "none", Value: 5},
		{About: "failed", Series: unavailable, Query: inTeam(query, "North", someTeams...), Status: "unavailable failed"},
		{About: "failed, for all", Series: unavailable, Query: inTeam(query, everyone, someTeams...), Status: "unavailable failed"},
		{About: "not connected", Query: inTeam(query, "North", someTeams...), Status: "unavailable not_connected"},
		{About: "without the generic families the authority's count is not said to be 0", Series: []string{name + " 5"}, Query: inTeam(query, everyone, someTeams...), Status: "unavailable not_connected"},
	})
}

func TestInTeamsRatio(t *testing.T) {
	const name, base = "childrens_cp_visits_on_time_ratio", "childrens_cp_visits_on_time"
	query := panels.InTeams(indicator(t, name))
	council := append(generic(name, 0.9, 0.95, 0.05, 1), name+" 0.9", base+"_numerator 90", base+"_denominator 100")
	for _, team := range []struct {
		name string
		n, d float64
	}{{"On", 19, 20}, {"Watch", 18, 20}, {"Off", 17, 20}, {"Few", 1, 4}} {
		council = append(council,
			fmt.Sprintf("%s_by_team{team=%q} %v", name, team.name, team.n/team.d),
			fmt.Sprintf("%s_numerator_by_team{team=%q} %v", base, team.name, team.n),
			fmt.Sprintf("%s_denominator_by_team{team=%q} %v", base, team.name, team.d))
	}
	ask(t, []question{
		{About: "the authority", Series: council, Query: inTeam(query, everyone, someTeams...), Status: "1", Value: 0.9},
		{About: "on target", Series: council, Query: inTeam(query, "On", someTeams...), Status: "0", Value: 0.95},
		{About: "within the tolerance", Series: council, Query: inTeam(query, "Watch", someTeams...), Status: "1", Value: 0.9},
		{About: "off target", Series: council, Query: inTeam(query, "Off", someTeams...), Status: "2", Value: 0.85},
		{About: "too few to judge", Series: council, Query: inTeam(query, "Few", someTeams...), Status: "few", Value: 0.25},
		{About: "a team with nothing due", Series: council, Query: inTeam(query, "South", someTeams...), Status: "no_cases"},
		{About: "not connected", Query: inTeam(query, "On", someTeams...), Status: "unavailable not_connected"},
	})
}
