package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"childrens-services-exporter/exporter/board"
)

// reportsOnACouncil writes reports as an officer does: on a closed quarter, on one
// that is not over, for the public, and on one before the data.
func reportsOnACouncil(t *testing.T, opened *app) {
	state, folder := t.TempDir(), t.TempDir()
	commentary := files(t, map[string]string{
		"visits.md": "---\nindicator: childrens_cp_visits_on_time_ratio\nperiod: 2025-26 Q4\nauthor: Head of safeguarding\npublished: true\n---\nAll is <b>well</b>.\n",
		"draft.md":  "---\nindicator: childrens_referrals\nperiod: 2025-26 Q4\nauthor: Somebody\npublished: false\n---\nNot yet for anyone.\n",
		"slip.md":   "---\nindicator: childrens_referrals\nperiode: 2025-26 Q4\nauthor: Somebody\npublished: true\n---\nText.\n",
	})
	t.Setenv("CSE_STATE_DIR", state)
	t.Setenv("CSE_COMMENTARY_DIR", commentary)
	acceptTables(t)
	written := func(name string, arguments ...string) (page, table string) {
		t.Helper()
		printed := commandOutput(t, "report", append(arguments, "-dir", folder)...)
		var texts []string
		for _, ending := range []string{".html", ".csv"} {
			file := filepath.Join(folder, name+ending)
			if !strings.Contains(printed, file+"\n") {
				t.Fatalf("%s is not said to be written:\n%s", file, printed)
			}
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			texts = append(texts, string(text))
		}
		return texts[0], texts[1]
	}
	page, table := written("report-2025-26-Q4", "-period", "2025-26 Q4")
	rest := page
	for _, chapter := range board.Chapters(opened.catalogue) {
		_, after, hasChapter := strings.Cut(rest, `<h2 id="`+chapter.File+`">`)
		if hasChapter {
			rest = after
		}
		for _, indicator := range chapter.Indicators(opened.catalogue) {
			if at := strings.Contains(page, `<tbody id="`+indicator.Name+`">`); at && !strings.Contains(table, indicator.Name+",") {
				t.Errorf("%s is on the page and not in the table", indicator.Name)
			}
		}
	}
	if lines := strings.Count(page, "<tbody id="); lines < len(opened.catalogue.Indicators())/3 {
		t.Errorf("only %d indicators", lines)
	}
	if !strings.Contains(page, "All is ‹b›well‹/b›.") || strings.Contains(page+table, "Not yet for anyone") {
		t.Error("the page has not the commentary that is published, or has a draft")
	}
	stored, err := os.ReadFile(filepath.Join(state, "first-reported-social_care.jsonl"))
	if err != nil || !strings.Contains(string(stored), `"by":"report"`) {
		t.Errorf("nothing is kept as first reported: %v", err)
	}
	if page, _ := written("report-2026-27-Q1", "-period", "2026-27 Q1", "-as-of", "2026-04-10"); !strings.Contains(page, "<h1>Children&#39;s services: 2026-27 Q1 to date</h1>") {
		t.Error("the open quarter is not marked")
	}
	public, publicTable := written("report-2025-26-Q4-public", "-period", "2025-26 Q4", "-public")
	for _, indicator := range opened.catalogue.Indicators() {
		if indicator.Public == "none" && (strings.Contains(public, `"`+indicator.Name+`"`) || strings.Contains(publicTable, indicator.Name+",")) {
			t.Errorf("%s is shown to the public", indicator.Name)
		}
	}
	for _, line := range strings.Split(publicTable, "\n")[1:] {
		cells := strings.Split(line, ",")
		if len(cells) > 12 && cells[4] == "count" && slices.Contains([]string{"1", "2", "3", "4", "5"}, cells[9]) {
			t.Errorf("the public table has a small number: %s", line)
		}
	}
	var stdout, stderr strings.Builder
	code := run([]string{"report", "-period", "1985-86 Q2", "-dir", folder}, &stdout, &stderr)
	if want := "childrens-services-exporter: -period 1985-86 Q2 lies before the data begin; give a later one\n"; code != exitUsage || stderr.String() != want {
		t.Errorf("exit code %d: %s", code, stderr.String())
	}
}
