package pages

import (
	"os"
	"strings"
	"testing"
)

// TestWordsOfPeopleStayWords: what a council writes is shown by a cell of text, which Grafana escapes, and by nothing that
// reads it as Markdown or HTML.
func TestCommentaryIsShownAsText(t *testing.T) {
	settings, err := os.ReadFile("../grafana.ini")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(settings), "disable_sanitize_html") {
		t.Error("grafana.ini changes what Grafana takes out of HTML; leave it as it is")
	}
	withCommentary := 0
	for _, dashboard := range allDashboards(t) {
		for _, form := range []string{`"type": "markdown"`, `"type": "html"`, `"type": "json-view"`, `"type": "image"`} {
			if strings.Contains(dashboard.Text, form) {
				t.Errorf("%s has cells of %s, which read what they show", dashboard.Title, form)
			}
		}
		for _, p := range dashboard.Panels {
			for _, target := range p.Targets {
				if !strings.Contains(target.Expr, "childrens_commentary") && !strings.Contains(target.Expr, "indicator:childrens_indicator_rag:row") {
					continue
				}
				withCommentary++
				if p.Type != "table" {
					t.Errorf("%s: %s shows commentary in a panel of type %s; use a table", dashboard.Title, p.Title, p.Type)
				}
			}
		}
	}
	if withCommentary == 0 {
		t.Error("no page shows commentary")
	}
}
