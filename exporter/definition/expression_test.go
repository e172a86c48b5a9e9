package definition

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

// testScope is the columns and limits of these expressions.
func testScope() scope {
	return scope{
		columns: []string{"starts", "seen", "team", "score", "sum"},
		limits:  map[string]Limit{"visit": {Name: "visit", Value: 10}},
	}
}

func TestParseExpression(t *testing.T) {
	tests := []struct {
		text, sql string
		sum       bool
	}{
		{"all", "true", false},
		{" all ", "true", false},
		{"seen", "seen", false},
		{"not seen", "(not seen)", false},
		{"not not seen", "seen", false},
		{"score = 1", "(score = 1)", false},
		{"score <> 1.5", "(score <> 1.5)", false},
		{"score >= limit.visit", "(score >= 10)", false},
		{"team in ('North', 'South')", "(team in ('North', 'South'))", false},
		{"team is null or team is not null", "((team is null) or (team is not null))", false},
		{"score < 1 or score > 2 and seen", "((score < 1) or ((score > 2) and seen))", false},
		{"(score < 1 or score > 2) and seen", "(((score < 1) or (score > 2)) and seen)", false},
		{"not score = 1 and seen", "((not (score = 1)) and seen)", false},
		{"score + 2 * 3 - 1", "((score + (2 * 3)) - 1)", false},
		{"score - 1 - 1", "((score - 1) - 1)", false},
		{"score / 2 / 5", "((score::float8 / nullif(2, 0))::float8 / nullif(5, 0))", false},
		{"sum > 3", "(sum > 3)", false},
		{"sum(score)", "score", true},
		{"sum((score + 1) * 2)", "((score + 1) * 2)", true},
		{"days(starts, as_of) > 3", "((ends - starts) > 3)", false},
		{"seconds(starts, as_of)", "((ends - starts) * 86400::bigint)", false},
		{"months_after(starts, 6) <= as_of", "((starts + make_interval(months => 6))::date <= ends)", false},
		{"team = 'and; -- or'", "(team = 'and; -- or')", false},
		{"true or false", "(true or false)", false},
	}
	for _, test := range tests {
		t.Run(test.text, func(t *testing.T) {
			got, err := parseExpression(test.text, testScope())
			if err != nil {
				t.Fatal(err)
			}
			if got.SQL != test.sql || got.Sum != test.sum {
				t.Errorf("got %s (sum %t), want %s (sum %t)", got.SQL, got.Sum, test.sql, test.sum)
			}
		})
	}
}

func TestParseExpressionHasAnEnd(t *testing.T) {
	spans := "starts"
	for range 12 {
		spans = "working_days(" + spans + ", " + spans + ")"
	}
	tests := []struct{ name, text, want string }{
		{"deep brackets", strings.Repeat("(", 100_000), "more than 50 brackets within each other"},
		{"many nots", strings.Repeat("not ", 100_000) + "seen", ""},
		{"spans of spans", spans, "is too long"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := parseExpression(test.text, testScope())
			if got := fmt.Sprint(err); test.want != "" && !strings.Contains(got, test.want) || test.want == "" && err != nil {
				t.Errorf("got %s, want %q", got, test.want)
			}
		})
	}
}

// quoted is a text in SQL; nothing in it is read as SQL.
var quoted = regexp.MustCompile(`'[^'\\]*'`)

func FuzzParseExpression(f *testing.F) {
	for _, seed := range []string{
		"all", "sum(score)", "working_days(starts, as_of) <= limit.visit and seen", "team in ('a', 'b') or not seen is null",
		"'", "'\\'", "--", "/*", ";", "(", "1.2.3", "limit.", "sum(", "months_after(starts, 6)", "'a' 'b'", "score / 0", "\x00", "'\x00'", "≥",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		expression, err := parseExpression(text, testScope())
		if err != nil {
			return
		}
		bare := quoted.ReplaceAllString(expression.SQL, "''")
		if strings.Count(bare, "'")%2 != 0 || strings.Contains(strings.ReplaceAll(bare, "''", ""), "'") {
			t.Errorf("%q leaves a quote open: %s", text, expression.SQL)
		}
		for _, forbidden := range []string{";", "--", "/*", "\\", "\x00", `"`} {
			if strings.Contains(bare, forbidden) {
				t.Errorf("%q writes %q: %s", text, forbidden, expression.SQL)
			}
		}
		if depth := strings.Count(bare, "(") - strings.Count(bare, ")"); depth != 0 {
			t.Errorf("%q leaves %d brackets open: %s", text, depth, expression.SQL)
		}
	})
}

func TestRelations(t *testing.T) {
	relations := Relations("select care_leaver.contact, Person.born from care_leaver join Person on true where contacts.held")
	for name, want := range map[string]bool{"care_leaver": true, "person": true, "contact": false, "born": false, "held": false} {
		if relations[name] != want {
			t.Errorf("%s: %t", name, relations[name])
		}
	}
}

func TestIdentifiers(t *testing.T) {
	names := Identifiers("select p.person_id, 'on_plan' /* visit */ from CP_Plan p -- referral\nwhere p.starts < 1")
	for name, want := range map[string]bool{
		"select": true, "person_id": true, "cp_plan": true, "starts": true, "on_plan": false, "visit": false, "referral": false,
	} {
		if names[name] != want {
			t.Errorf("%s: %t", name, names[name])
		}
	}
}
