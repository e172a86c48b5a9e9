package screen_test

import (
	"fmt"
	"strings"
	"testing"

	"childrens-services-exporter/grafana/screen"
)

// inTeam writes a team's name as Grafana does in a pattern: each special sign
// behind two backslashes, which PromQL reads as one.
func inTeam(query, team string) string {
	escaped := strings.NewReplacer("(", `\\(`, ")", `\\)`, ".", `\\.`).Replace(team)
	return strings.ReplaceAll(query, "$team", escaped)
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

func TestInTeamCount(t *testing.T) {
	const name = "childrens_cp_visits_overdue"
	query := screen.InTeam(indicator(t, name))
	council := append(generic(name, 5, 0, 0, 2), name+" 5", name+`_by_team{team="North"} 5`, name+`_by_team{team="East_(1)"} 0`)
	unavailable := []string{
		fmt.Sprintf("childrens_indicator_info{indicator=%q} 1", name),
		fmt.Sprintf(`childrens_exporter_indicator_available{indicator=%q,reason="failed"} 0`, name),
	}
	ask(t, []question{
		{About: "the authority has the exporter's status", Series: council, Query: inTeam(query, everyone), Status: "2", Value: 5},
		{About: "a team off target", Series: council, Query: inTeam(query, "North"), Status: "2", Value: 5},
		{About: "a name with brackets", Series: council, Query: inTeam(query, "East_(1)"), Status: "0", Value: 0},
		{About: "a team without rows counts 0", Series: council, Query: inTeam(query, "South"), Status: "0", Value: 0},
		{About: "no target", Series: []string{name + " 5", name + `_by_team{team="North"} 5`}, Query: inTeam(query, "North"), Status: "none", Value: 5},
		{About: "failed", Series: unavailable, Query: inTeam(query, "North"), Status: "unavailable failed"},
		{About: "failed, for all", Series: unavailable, Query: inTeam(query, everyone), Status: "unavailable failed"},
		{About: "not connected", Query: inTeam(query, "North"), Status: "unavailable not_connected"},
		{About: "without the generic families the authority's count is not said to be 0", Series: []string{name + " 5"}, Query: inTeam(query, everyone), Status: "unavailable not_connected"},
	})
}

func TestInTeamRatio(t *testing.T) {
	const name, base = "childrens_cp_visits_on_time_ratio", "childrens_cp_visits_on_time"
	query := screen.InTeamOf(indicator(t, name))
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
		{About: "the authority", Series: council, Query: inTeam(query, everyone), Status: "1", Value: 0.9},
		{About: "on target", Series: council, Query: inTeam(query, "On"), Status: "0", Value: 0.95},
		{About: "within the tolerance", Series: council, Query: inTeam(query, "Watch"), Status: "1", Value: 0.9},
		{About: "off target", Series: council, Query: inTeam(query, "Off"), Status: "2", Value: 0.85},
		{About: "too few to judge", Series: council, Query: inTeam(query, "Few"), Status: "few", Value: 0.25},
		{About: "a team with nothing due", Series: council, Query: inTeam(query, "South"), Status: "no_cases"},
		{About: "not connected", Query: inTeam(query, "On"), Status: "unavailable not_connected"},
	})
}

func TestInTeamAs(t *testing.T) {
	const count, ratio, base = "childrens_assessments_overdue", "childrens_assessments_overdue_ratio", "childrens_assessments_overdue"
	query := screen.InTeamAs(indicator(t, count), indicator(t, ratio))
	council := append(generic(ratio, 0.04, 0, 0.05, 1), count+" 4", base+"_numerator 4", base+"_denominator 100", ratio+" 0.04",
		`childrens_indicator_info{indicator="childrens_assessments_overdue"} 1`, `childrens_indicator_value{indicator="childrens_assessments_overdue"} 4`,
		count+`_by_team{team="North"} 4`, ratio+`_by_team{team="North"} 0.1`, base+`_numerator_by_team{team="North"} 4`, base+`_denominator_by_team{team="North"} 40`)
	ask(t, []question{
		{About: "the authority's count has its share's status", Series: council, Query: inTeam(query, everyone), Status: "1", Value: 4},
		{About: "so has a team's", Series: council, Query: inTeam(query, "North"), Status: "2", Value: 4},
		{About: "a team without open assessments", Series: council, Query: inTeam(query, "South"), Status: "none", Value: 0},
		{About: "not connected", Query: inTeam(query, "North"), Status: "unavailable not_connected"},
	})
}
