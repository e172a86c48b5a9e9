package web_test

import (
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/jmoiron/sqlx"

	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/csvload"
	"childrens-services-exporter/exporter/csvload/schema"
	"childrens-services-exporter/exporter/guard"
	"childrens-services-exporter/exporter/rag"
	"childrens-services-exporter/exporter/source"
	"childrens-services-exporter/internal/testcouncil"
)

const targetSheet = `indicator,valid_from,valid_to,target,tolerance,owner,better,start_value,reached_on
childrens_cp_visits_on_time_ratio,01/01/2026,,0.9,0.1,Head of safeguarding,,,
childrens_cp_visits_on_time_ratio,2026-07-01,,0.99,,,,,
childrens_cp_visits_on_time_ratio,2025-01-01,2024-12-31,0.2,,,,,
childrens_cp_plans_open,2026-03-01,,40,10,Head of safeguarding,lower,71,2026-05-01
childrens_cp_plans_of_unknown_age,2025-04-01,2026-03-30,3,1,,,,
childrens_referrals,2026-01-01,,80,10,,lower,90,2025-12-31
childrens_referrals,2026-02-01,,80,10,,,,
childrens_cp_visits,2026-01-01,,0.9,,,,,
Mrs Smith,2026-01-01,,0.9,,,,,
childrens_cp_visits_on_time_ratio,2026-07-01,,0.98,,,,,
`

// tabled is the council with a table of targets and its settings for one indicator.
func tabled(t *testing.T, stateDir string, log *slog.Logger) (council, *sqlx.DB) {
	t.Helper()
	s := serve(t, testcouncil.Database(t))
	tables, err := schema.Tables("local")
	if err != nil {
		t.Fatal(err)
	}
	db := testcouncil.Session(t, s.database)
	report, err := csvload.Load(t.Context(), db, tables, fstest.MapFS{"target.csv": {Data: []byte(targetSheet)}}, csvload.Options{})
	if err != nil || report.Tables[0].Loaded != 10 {
		t.Fatal(err, report)
	}
	s.restartIn(stateDir, log)
	return s, db
}

// restartIn starts the exporter anew, with a state directory and a log of its own.
func (s *council) restartIn(stateDir string, log *slog.Logger) {
	options := testcouncil.DefaultOptions()
	options.Now, options.StateDir, options.Log = s.at.read, stateDir, log
	s.restart(options)
}

func (s council) targets(t *testing.T) map[string]string {
	t.Helper()
	_, text := get(t, s.handler(), "/metrics")
	values := map[string]string{}
	for _, line := range linesWithPrefix(text, "childrens_indicator_target{") {
		name, value, _ := strings.Cut(strings.TrimPrefix(line, `childrens_indicator_target{indicator="`), `"} `)
		values[name] = value
	}
	return values
}

func TestTableOfTargetsHoldsAndItsSlipsAreLeftOut(t *testing.T) {
	var log strings.Builder
	s, db := tabled(t, "", slog.New(slog.NewTextHandler(&log, nil)))
	for range 2 {
		s.collect(t)
	}
	// Half of the way from 71 to 40 is 30 of 61 days; the target that ended yesterday
	// gives way to the handbook's.
	want := map[string]string{
		"childrens_cp_visits_on_time_ratio": "0.9", "childrens_cp_plans_open": "55.75409836065574", "childrens_cp_plans_of_unknown_age": "0",
	}
	if diff := cmp.Diff(want, s.targets(t)); diff != "" {
		t.Error(diff)
	}
	for _, message := range []string{
		"childrens_cp_visits from 2026-01-01: there is no such indicator; the command catalogue lists them",
		"a row whose indicator is no name from 2026-01-01: there is no such indicator; the command catalogue lists them",
		"childrens_referrals from 2026-01-01: the trajectory ends on 2025-12-31, before it starts on 2026-01-01",
		"childrens_referrals from 2026-02-01: better must be higher or lower; the catalogue says neither for this indicator",
		"childrens_cp_visits_on_time_ratio from 2025-01-01: valid_to lies before valid_from",
		"childrens_cp_visits_on_time_ratio from 2026-07-01: another row begins on the same day; keep one",
	} {
		if line := `reason="table target of social_care: ` + message + `; the row is left out"`; strings.Count(log.String(), line) != 1 {
			t.Errorf("the log does not say once %s", line)
		}
	}
	if strings.Contains(log.String(), "Smith") {
		t.Error("the log repeats what is no indicator's name")
	}
	_, text := get(t, s.handler(), "/metrics")
	for _, line := range []string{
		`childrens_exporter_rejected_entries{input="targets"} 6`,
		`childrens_indicator_owner_info{indicator="childrens_cp_visits_on_time_ratio",owner="Head of safeguarding"} 1`,
		`childrens_indicator_trajectory_end{ends="2026-05-01",indicator="childrens_cp_plans_open"} 40`,
		`childrens_indicator_rag{indicator="childrens_cp_plans_open"} 1`,
	} {
		if len(linesWithPrefix(text, line)) != 1 {
			t.Errorf("the page lacks %s", line)
		}
	}
	db.MustExec("delete from target where target not in (40, 0.9); update target set target = null where target = 40")
	s.collect(t)
	if diff := cmp.Diff(map[string]string{"childrens_cp_visits_on_time_ratio": "0.9", "childrens_cp_plans_of_unknown_age": "0"}, s.targets(t)); diff != "" {
		t.Error(diff)
	}
}

func TestSettingsGoBeforeTheTableOfTargets(t *testing.T) {
	s, _ := tabled(t, "", slog.New(slog.DiscardHandler))
	targets, rejected := rag.ReadTargets(settings(t, "targets: {childrens_cp_visits_on_time_ratio: [{from: 2026-01-01, target: 0.8}]}"), s.source.Catalogue)
	if len(rejected) > 0 {
		t.Fatal(rejected)
	}
	options := testcouncil.DefaultOptions()
	options.Now, options.RAG.Targets = s.at.read, targets
	s.restart(options)
	s.collect(t)
	rejected = s.collector.Snapshot().Issues
	inSettings := slices.DeleteFunc(rejected, func(issue config.Issue) bool {
		return !strings.Contains(issue.Message, "the settings give its targets")
	})
	if got := s.targets(t)["childrens_cp_visits_on_time_ratio"]; got != "0.8" || len(inSettings) == 0 {
		t.Errorf("the target is %s, and %v", got, rejected)
	}
}

func TestRefreshAndRestartTakeNoTargetAway(t *testing.T) {
	state := t.TempDir()
	s, db := tabled(t, state, slog.New(slog.DiscardHandler))
	s.source.Guard = source.NewGuard(guard.Policy{MinStableReads: 1, MinPersistentReads: 3})
	s.collect(t)
	before := s.targets(t)
	if before["childrens_cp_visits_on_time_ratio"] != "0.9" {
		t.Fatal(before)
	}
	db.MustExec("truncate target")
	s.collect(t)
	if diff := cmp.Diff(before, s.targets(t)); diff != "" {
		t.Errorf("a table that is being refilled: %s", diff)
	}
	// The database does not answer after a restart; what the public sees is judged as before.
	s.restartIn(state, slog.New(slog.DiscardHandler))
	if diff := cmp.Diff(before, s.targets(t)); diff != "" {
		t.Errorf("after a restart: %s", diff)
	}
	for range 3 {
		s.collect(t)
	}
	if got := s.targets(t)["childrens_cp_visits_on_time_ratio"]; got != "0.95" {
		t.Errorf("a table that stays empty leaves %s", got)
	}
	db.MustExec("drop table target; create view target as select 'childrens_cp_visits_on_time_ratio' as indicator, 1 as target")
	s.collect(t)
	_, text := get(t, s.handler(), "/metrics")
	if len(linesWithPrefix(text, `childrens_exporter_rejected_entries{input="targets"} 1`)) != 1 {
		t.Error("a table without valid_from is not told of")
	}
}

func settings(t *testing.T, text string) config.Settings {
	t.Helper()
	file := filepath.Join(t.TempDir(), "settings.yaml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	read, err := config.ReadSettings(file)
	if err != nil {
		t.Fatal(err)
	}
	return read
}
