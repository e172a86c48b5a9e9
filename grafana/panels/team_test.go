package panels_test

import (
	"fmt"
	"strings"
	"testing"

	"childrens-services-exporter/grafana/panels"
)

// forTeam selects one team in the result of a query, given the names of all teams.
func forTeam(query, team string, teams ...string) string {
	all := `label_replace(vector(1), "team", "Whole authority", "", "")`
	for _, name := range teams {
		all += fmt.Sprintf(` or label_replace(vector(1), "team", %q, "", "")`, name)
	}
	return fmt.Sprintf(`((%s) and on (team) label_replace(vector(1), "team", %q, "", ""))`, strings.ReplaceAll(query, "team:childrens_by_team:group", "("+all+")"), team)
}

func genericFamilies(name string, value, target, tolerance float64, rag int) []string {
	label := fmt.Sprintf("{indicator=%q}", name)
	return []string{
		"childrens_indicator_info" + label + " 1",
		fmt.Sprintf("childrens_indicator_value%s %g", label, value),
		fmt.Sprintf("childrens_indicator_target%s %g", label, target),
		fmt.Sprintf("childrens_indicator_tolerance%s %g", label, tolerance),
		fmt.Sprintf("childrens_indicator_rag%s %d", label, rag),
	}
}

func teamRating(indicator, team string, status int) string {
	return fmt.Sprintf("childrens_indicator_rag_by_team{indicator=%q,team=%q} %d", indicator, team, status)
}

const authority = "Whole authority"

var teamNames = []string{"North", "East_(1)", "South", "On", "Watch", "Off", "Few"}

func TestTeamValuesOfACount(t *testing.T) {
	const name = "childrens_cp_visits_overdue"
	query := panels.TeamValues(indicator(t, name))
	council := append(genericFamilies(name, 5, 0, 0, 2), name+" 5",
		name+`_by_team{team="North"} 5`, teamRating(name, "North", 2),
		name+`_by_team{team="East_(1)"} 0`, teamRating(name, "East_(1)", 0))
	unavailable := []string{
		fmt.Sprintf("childrens_indicator_info{indicator=%q} 1", name),
		fmt.Sprintf(`childrens_exporter_indicator_unavailable_reason{indicator=%q,reason="failed"} 1`, name),
	}
	runQueryTests(t, []queryTest{
		{Name: "the authority has the exporter's status", Series: council, Query: forTeam(query, authority, teamNames...), Status: "2", Value: 5},
		{Name: "a team off target", Series: council, Query: forTeam(query, "North", teamNames...), Status: "2", Value: 5},
		{Name: "a name with brackets", Series: council, Query: forTeam(query, "East_(1)", teamNames...), Status: "0", Value: 0},
		{Name: "a team without rows counts 0", Series: council, Query: forTeam(query, "South", teamNames...), Status: "0", Value: 0},
		{Name: "no target", Series: []string{name + " 5", name + `_by_team{team="North"} 5`}, Query: forTeam(query, "North", teamNames...), Status: "none", Value: 5},
		{Name: "failed", Series: unavailable, Query: forTeam(query, "North", teamNames...), Status: "unavailable failed"},
		{Name: "failed, for all", Series: unavailable, Query: forTeam(query, authority, teamNames...), Status: "unavailable failed"},
		{Name: "not connected", Query: forTeam(query, "North", teamNames...), Status: "unavailable not_connected"},
		{Name: "without the generic families the authority's count is not said to be 0", Series: []string{name + " 5"}, Query: forTeam(query, authority, teamNames...), Status: "unavailable not_connected"},
	})
}

func TestTeamValuesOfARatio(t *testing.T) {
	const name, base = "childrens_cp_visits_on_time_ratio", "childrens_cp_visits_on_time"
	query := panels.TeamValues(indicator(t, name))
	council := append(genericFamilies(name, 0.9, 0.95, 0.05, 1), name+" 0.9", base+"_numerator 90", base+"_denominator 100")
	for _, team := range []struct {
		name string
		n, d float64
		// ratings are the status that the exporter gives the team, or none.
		ratings []string
	}{
		{"On", 19, 20, []string{teamRating(name, "On", 0)}},
		{"Watch", 18, 20, []string{teamRating(name, "Watch", 1)}},
		{"Off", 17, 20, []string{teamRating(name, "Off", 2)}},
		{"Few", 1, 4, nil},
	} {
		council = append(council, team.ratings...)
		council = append(council,
			fmt.Sprintf("%s_by_team{team=%q} %v", name, team.name, team.n/team.d),
			fmt.Sprintf("%s_numerator_by_team{team=%q} %v", base, team.name, team.n),
			fmt.Sprintf("%s_denominator_by_team{team=%q} %v", base, team.name, team.d))
	}
	runQueryTests(t, []queryTest{
		{Name: "the authority", Series: council, Query: forTeam(query, authority, teamNames...), Status: "1", Value: 0.9},
		{Name: "on target", Series: council, Query: forTeam(query, "On", teamNames...), Status: "0", Value: 0.95},
		{Name: "to watch", Series: council, Query: forTeam(query, "Watch", teamNames...), Status: "1", Value: 0.9},
		{Name: "off target", Series: council, Query: forTeam(query, "Off", teamNames...), Status: "2", Value: 0.85},
		{Name: "a team that the exporter does not rate", Series: council, Query: forTeam(query, "Few", teamNames...), Status: "few", Value: 0.25},
		{Name: "a team with nothing due", Series: council, Query: forTeam(query, "South", teamNames...), Status: "no_cases"},
		{Name: "not connected", Query: forTeam(query, "On", teamNames...), Status: "unavailable not_connected"},
	})
}
