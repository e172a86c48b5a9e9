package web_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"childrens-services-exporter/exporter/web"
	"childrens-services-exporter/internal/testcouncil"
)

func TestTeamStatusIsOnTheManagersPageOnly(t *testing.T) {
	s := collected(t)
	_, managers := get(t, s.handler(), web.ManagersPath)
	rated := linesWithPrefix(managers, "childrens_indicator_rag_by_team{")
	teams := linesWithPrefix(managers, "childrens_cp_visits_on_time_ratio_by_team{")
	if len(teams) == 0 || len(rated) == 0 {
		t.Fatalf("%d teams and %d statuses", len(teams), len(rated))
	}
	want := []string{
		`childrens_indicator_rag_by_team{indicator="childrens_cp_visits_on_time_ratio",team="North"} 0`,
		`childrens_indicator_rag_by_team{indicator="childrens_cp_visits_on_time_ratio",team="South"} 0`,
	}
	if diff := cmp.Diff(want, rated); diff != "" {
		t.Error(diff)
	}
	_, public := get(t, s.handler(), web.PublicPath)
	if strings.Contains(public, "rag_by_team") || strings.Contains(public, "team=") {
		t.Error("the public page serves the status of a team")
	}
	i := slices.IndexFunc(web.Metrics(), func(metric web.Desc) bool { return metric.Name == "childrens_indicator_rag_by_team" })
	if web.Metrics()[i].ServedAt(web.PublicPath) {
		t.Error("the public page may serve the status of a team")
	}
}

// A council that asks for more cases before a ratio is rated asks so of teams too.
func TestTeamsWithFewCasesHaveNoStatus(t *testing.T) {
	s := serve(t, testcouncil.Database(t))
	options := testcouncil.DefaultOptions()
	options.Now, options.RAG.MinDenominator = s.at.read, 1000
	s.restart(options)
	s.collect(t)
	_, text := get(t, s.handler(), web.ManagersPath)
	for _, line := range linesWithPrefix(text, "childrens_indicator_rag") {
		if strings.Contains(line, `_ratio"`) {
			t.Errorf("rated on fewer than 1000 cases: %s", line)
		}
	}
}
