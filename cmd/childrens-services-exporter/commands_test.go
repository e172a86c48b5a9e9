package main

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"childrens-services-exporter/exporter/calendar"
)

// commandOutput runs one command that must succeed and gives what it printed.
func commandOutput(t *testing.T, line string, more ...string) string {
	t.Helper()
	var stdout, stderr strings.Builder
	if code := run(append(strings.Fields(line), more...), &stdout, &stderr); code != 0 {
		t.Fatalf("%s: exit code %d: %s", line, code, stderr.String())
	}
	return stdout.String()
}

// TestCouncil loads one council, because that takes long, and looks at it from
// all sides.
func TestCouncil(t *testing.T) {
	day := calendar.Date(2026, time.April, 10)
	p, opened := syntheticVillage(t, day)
	t.Run("records add up to every number", func(t *testing.T) { recordsAddUpToEveryNumber(t, opened, day) })
	t.Run("history equals live", func(t *testing.T) { historyEqualsLive(t, p, opened) })
	t.Run("commands", func(t *testing.T) { commandsOnACouncil(t, opened) })
}

// everyDay asks for all that is otherwise looked at on a sample of days, and of
// teams: make prove sets it.
func everyDay() bool { return os.Getenv("EVERY_DAY") != "" }

// acceptTables accepts a council whose records ended months ago, but for what was planned then: the guard holds that.
func acceptTables(t *testing.T) {
	t.Helper()
	if os.Getenv("CSE_STATE_DIR") == "" {
		t.Setenv("CSE_STATE_DIR", t.TempDir())
	}
	commandOutput(t, "collect -accept")
}

// commandsOnACouncil runs every command that reads. The environment names the
// council's databases.
func commandsOnACouncil(t *testing.T, opened *app) {
	t.Setenv("CSE_SETTLE_WAIT", "1ms")
	t.Setenv("CSE_LOG_LEVEL", "error")

	t.Run("check", func(t *testing.T) {
		printed := commandOutput(t, "check")
		for _, indicator := range opened.catalogue.Indicators() {
			if !slices.ContainsFunc(strings.Split(printed, "\n"), func(line string) bool {
				return slices.Equal(strings.Fields(line), []string{indicator.Name, "ready"})
			}) {
				t.Errorf("%s is not ready:\n%s", indicator.Name, printed)
			}
		}
	})
	t.Run("records", func(t *testing.T) {
		rows, err := csv.NewReader(strings.NewReader(commandOutput(t, "records -as-of 2026-04-10 childrens_cp_visits_on_time_ratio"))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		flag, team := slices.Index(rows[0], "numerator"), slices.Index(rows[0], "team")
		if flag < 0 || team < 0 || len(rows) < 2 {
			t.Fatalf("%d rows with columns %v", len(rows), rows[0])
		}
		of := rows[1][team]
		if of == "" {
			of = "unknown"
		}
		ofTeam, err := csv.NewReader(strings.NewReader(commandOutput(t, "records -as-of 2026-04-10 childrens_cp_visits_on_time_ratio -team", of))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if len(ofTeam) < 2 || len(ofTeam) > len(rows) {
			t.Errorf("%d rows of a team, %d of all", len(ofTeam), len(rows))
		}
	})
	t.Run("collect", func(t *testing.T) {
		managers := commandOutput(t, "collect -as-of 2026-04-10")
		if !strings.Contains(managers, "\nchildrens_cp_plans_open ") || !strings.Contains(managers, "childrens_cp_plans_open_by_team{") {
			t.Error("the managers' page lacks plans or their teams")
		}
		if strings.Contains(managers, "worker=") {
			t.Error("the managers' page names workers")
		}
		if public := commandOutput(t, "collect -public -as-of 2026-04-10"); strings.Contains(public, "_by_team") || strings.Contains(public, "worker=") {
			t.Error("the public page tells of teams or workers")
		}
		if workers := commandOutput(t, "collect -workers -as-of 2026-04-10"); !strings.Contains(workers, "childrens_caseload_by_worker{") {
			t.Error("the workers' page is empty")
		}
	})
	t.Run("backfill", func(t *testing.T) {
		acceptTables(t)
		printed := commandOutput(t, "backfill -from 2026-01-30 -to 2026-02-02 -label job=childrens-services -dir "+t.TempDir())
		for file := range strings.FieldsSeq(printed) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(string(text), `childrens_cp_plans_open{job="childrens-services"} `) {
				t.Errorf("%s lacks plans with the scrape's label", file)
			}
		}
		if got := len(strings.Fields(printed)); got != 2 {
			t.Errorf("%d files for two months", got)
		}
	})
	t.Run("report", func(t *testing.T) { reportsOnACouncil(t, opened) })
	t.Run("catalogue", func(t *testing.T) {
		var entries []any
		if err := json.Unmarshal([]byte(commandOutput(t, "catalogue -json")), &entries); err != nil {
			t.Fatal(err)
		}
		if len(entries) != len(opened.catalogue.Indicators()) {
			t.Errorf("%d entries", len(entries))
		}
		if markdown := commandOutput(t, "catalogue"); !strings.HasPrefix(markdown, "# Definitions\n") {
			t.Errorf("Markdown begins %.20q", markdown)
		}
	})
}
