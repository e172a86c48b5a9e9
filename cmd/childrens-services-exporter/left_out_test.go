package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// A mistake in a target, a benchmark or the code of the council is logged and left out;
// the exporter goes on.
func TestUnusableEntriesAreLoggedAndLeftOut(t *testing.T) {
	own := files(t, map[string]string{
		"settings.yaml": `authority: {name: Nowhere, la_code: 999}
targets:
  childrens_cp_visit: [{target: 1}]
  childrens_cp_visits_on_time_ratio:
    - {from: 2026-04-01, target: 0.5}
    - trajectory: {start: 0.5, end: 0.9, starts: 2026-09-01, ends: 2026-03-01}
meetings: [2026-06-16, never]
`,
		"benchmarks/extra.csv": "indicator,area,year,value,source,publication\nchildrens_cp_plans_open,306,,600,us,2026\n",
	})
	file, folder := filepath.Join(own, "settings.yaml"), filepath.Join(own, "benchmarks")
	environment(t, map[string]string{
		"CSE_SETTINGS_FILE": file, "CSE_BENCHMARK_DIR": folder, "CSE_SETTLE_READINGS": "1", "CSE_SETTLE_WAIT": "10ms",
		"CSE_SOCIAL_CARE_DATABASE_URL": "postgres://reader@127.0.0.1:1/ssd?sslmode=disable", "CSE_CONNECT_TIMEOUT": "1s",
	})
	var stdout, stderr strings.Builder
	if code := run([]string{"collect"}, &stdout, &stderr); code != exitSource {
		t.Errorf("exit code %d: %s", code, stderr.String())
	}
	for _, want := range []string{
		folder + "/extra.csv:2: indicator childrens_cp_plans_open has no year; give one such as 2025 or 2023/24; the row is left out",
		file + ":1: la_code 999 is no authority's; the council is compared with England alone",
		file + `:3: targets: no indicator \"childrens_cp_visit\"; the command catalogue lists them; the entry is left out`,
		file + ":6: targets of childrens_cp_visits_on_time_ratio: the trajectory ends on 2026-03-01, before it starts on 2026-09-01; the entry is left out",
		file + ":7: meetings: an entry is not a day such as 2026-06-16; the entry is left out",
	} {
		if strings.Count(stderr.String(), want) != 1 {
			t.Errorf("the log does not say once: %s\n%s", want, stderr.String())
		}
	}
	for _, want := range []string{
		`childrens_exporter_rejected_entries{input="benchmarks"} 2`,
		`childrens_exporter_rejected_entries{input="meetings"} 1`,
		`childrens_exporter_rejected_entries{input="state"} 0`,
		`childrens_exporter_rejected_entries{input="targets"} 2`,
		`childrens_indicator_target{indicator="childrens_cp_visits_on_time_ratio"} 0.5`,
		`childrens_benchmark{area="England",area_type="england",indicator="childrens_cp_plans_open",year="2025"} 49420`,
	} {
		if !strings.Contains(stdout.String(), want+"\n") {
			t.Errorf("the page does not say %s", want)
		}
	}
}
