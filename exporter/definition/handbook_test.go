package definition_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition"
)

func TestHandbookHoldsEveryIndicatorAndLimit(t *testing.T) {
	settings := config.Settings{References: map[string]string{"childrens_cp_plans_open": "M7"}}
	catalogue := load(t, settings, definition.Embedded())
	var markdown, asJSON strings.Builder
	if err := catalogue.WriteMarkdown(&markdown, func(name string) string { return "published of " + name }); err != nil {
		t.Fatal(err)
	}
	if err := catalogue.WriteJSON(&asJSON); err != nil {
		t.Fatal(err)
	}
	var entries []struct {
		Name, Definition, Law, Measure, Target string
		ID, Version                            int
		Breakdowns, Windows, Pitfalls          []string
	}
	if err := json.Unmarshal([]byte(asJSON.String()), &entries); err != nil {
		t.Fatal(err)
	}
	if len(entries) != len(catalogue.Indicators()) {
		t.Fatalf("%d entries for %d indicators", len(entries), len(catalogue.Indicators()))
	}
	for i, indicator := range catalogue.Indicators() {
		if want := fmt.Sprintf("`%s` (version %d)\n", indicator.Name, indicator.Version); !strings.Contains(markdown.String(), want) {
			t.Errorf("Markdown lacks %s", indicator.Name)
		}
		if want := fmt.Sprintf("### %s · %s\n", indicator.Reference, indicator.Title); !strings.Contains(markdown.String(), want) {
			t.Errorf("Markdown lacks the heading %q", want)
		}
		entry := entries[i]
		if entry.Name != indicator.Name || entry.ID != indicator.ID || entry.Definition == "" || entry.Law == "" || entry.Measure == "" || entry.Target == "" {
			t.Errorf("JSON of %s: %+v", indicator.Name, entry)
		}
		if entry.Breakdowns == nil || entry.Windows == nil || entry.Pitfalls == nil {
			t.Errorf("JSON of %s has null for an empty list", indicator.Name)
		}
	}
	for name, limit := range catalogue.Limits {
		if want := fmt.Sprintf("| %s | %d %s |", name, limit.Value, limit.Unit); !strings.Contains(markdown.String(), want) {
			t.Errorf("Markdown lacks limit %s", name)
		}
	}
	if want := "| category | NEG | neglect |\n"; !strings.Contains(markdown.String(), want) {
		t.Errorf("Markdown lacks %q", want)
	}
}

func TestHandbookTablesAreWhole(t *testing.T) {
	definitions := plans(replaceOnce(t, plansYAML, "law: Children Act 1989", "law: |\n      Children Act 1989 | section 47\n      Working Together"))
	var markdown strings.Builder
	if err := load(t, config.Settings{}, definitions).WriteMarkdown(&markdown, func(string) string { return "" }); err != nil {
		t.Fatal(err)
	}
	if want := `| Law or guidance | Children Act 1989 \| section 47 Working Together |`; !strings.Contains(markdown.String(), want) {
		t.Errorf("no row %q in\n%s", want, markdown.String())
	}
}

func TestHandbookShowsWhereCommentaryIsRequired(t *testing.T) {
	for commentary, want := range map[string]bool{"": false, "\n    commentary: required": true} {
		definitions := plans(replaceOnce(t, plansYAML, "public: count", "public: count"+commentary))
		var markdown strings.Builder
		if err := load(t, config.Settings{}, definitions).WriteMarkdown(&markdown, func(string) string { return "" }); err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(markdown.String(), "| Commentary | required each quarter |"); got != want {
			t.Errorf("%q: the handbook says so: %t", commentary, got)
		}
	}
}

func TestEmptyHandbookIsAList(t *testing.T) {
	var asJSON strings.Builder
	if err := load(t, config.Settings{}).WriteJSON(&asJSON); err != nil {
		t.Fatal(err)
	}
	if asJSON.String() != "[]\n" {
		t.Errorf("got %s", asJSON.String())
	}
}
