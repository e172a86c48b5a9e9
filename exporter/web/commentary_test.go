package web_test

import (
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/commentary"
	"childrens-services-exporter/exporter/definition"
)

// remarks makes a folder of remarks on the indicators of a council that is served.
func (s council) remarks(t *testing.T, contents map[string]string) *commentary.Folder {
	t.Helper()
	path := t.TempDir()
	for name, text := range contents {
		if err := os.WriteFile(filepath.Join(path, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cal, err := calendar.New(calendar.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return commentary.Open(path, commentary.Reader{Calendar: cal, Indicator: s.source.Catalogue.Indicator}, slog.New(slog.DiscardHandler))
}

func remark(indicator, period, text string) string {
	return "---\nindicator: " + indicator + "\nperiod: " + period + "\nauthor: Head \"of\" care\naction: Hire\npublished: true\n---\n" + text + "\n"
}

// The clock of the made-up council stands in the fourth quarter of 2025-26; the
// public may see the third when it opens, ten working days after its end.
func TestCommentaryIsSanitisedAndOnlyOfPublishedPeriods(t *testing.T) {
	s := collected(t)
	hidden := map[string]string{}
	for _, indicator := range s.source.Catalogue.Indicators() {
		indicator.Commentary = true
		if indicator.Public == definition.PublicNone {
			hidden[indicator.Name+".md"] = remark(indicator.Name, "2020-21 Q1", "of managers alone")
		}
	}
	contents := map[string]string{
		"plans.md":  remark("childrens_cp_plans_open", "2020-21 Q1", "<script>alert(\"x\")</script>\n\\o/ 👩‍👧 \u202eno\u202c\nend"),
		"future.md": remark("childrens_cp_plans_open", "2090-91 Q1", "from the future"),
		"draft.md":  strings.Replace(remark("childrens_referrals", "2020-21 Q1", "SECRET DRAFT"), "published: true", "published: false", 1),
		"slip.md":   remark("childrens_none", "2020-21 Q1", "of nothing"), "events.yaml": "2020-03-23: First lockdown\n",
	}
	maps.Copy(contents, hidden)
	s.pages.Commentary = s.remarks(t, contents)
	for _, path := range []string{"/metrics", "/metrics/public"} {
		_, text := get(t, s.handler(), path)
		want := []string{`childrens_commentary_info{action="Hire",author_role="Head \"of\" care",indicator="childrens_cp_plans_open",period="2020-21 Q1",text="‹script›alert(\"x\")‹/script› \\o/ 👩‍👧 no end"} 1`}
		if diff := cmp.Diff(want, linesWithPrefix(text, `childrens_commentary_info{action="Hire",author_role="Head \"of\" care",indicator="childrens_cp_plans_open"`)); diff != "" {
			t.Errorf("%s: %s", path, diff)
		}
		for _, never := range []string{"SECRET", "from the future", "of nothing", "<script", "\u202e"} {
			if strings.Contains(text, never) {
				t.Errorf("%s says %q", path, never)
			}
		}
		if path == "/metrics/public" && strings.Contains(text, "of managers alone") {
			t.Error("the public reads what is said of an indicator that is not public")
		}
		if path == "/metrics" && strings.Count(text, "of managers alone") != len(hidden) {
			t.Errorf("managers read %d remarks of %d", strings.Count(text, "of managers alone"), len(hidden))
		}
		if diff := cmp.Diff([]string{`childrens_event_info{date="2020-03-23",event="First lockdown"} 1`, `childrens_event_timestamp_seconds{event="First lockdown"} 1.5849648e+09`}, linesWithPrefix(text, "childrens_event_")); diff != "" {
			t.Errorf("%s: %s", path, diff)
		}
		for _, line := range linesWithPrefix(text, "childrens_commentary_missing{") {
			for name := range hidden {
				if path == "/metrics/public" && strings.Contains(line, strings.TrimSuffix(name, ".md")) {
					t.Errorf("%s: %s", path, line)
				}
			}
		}
		if len(linesWithPrefix(text, `childrens_commentary_missing{indicator="childrens_cp_plans_open",period="2025-26 Q`)) != 1 {
			t.Errorf("%s does not say what is missing: %v", path, linesWithPrefix(text, "childrens_commentary_missing"))
		}
	}
	_, text := get(t, s.handler(), "/metrics")
	if diff := cmp.Diff([]string{`childrens_exporter_rejected_entries{input="commentary"} 1`}, linesWithPrefix(text, `childrens_exporter_rejected_entries{input="commentary"`)); diff != "" {
		t.Error(diff)
	}
}
