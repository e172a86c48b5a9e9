package panels_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/grafana/panels"
)

// queryTest runs the query of a tile in a real Prometheus engine, over series in the
// form name{labels} value. Every tile has exactly one series, whose label
// status is the key of a status and whose value is not a number where it is
// blank.
type queryTest struct {
	Name   string
	Series []string
	Query  string
	Status string
	Value  float64
}

func (q queryTest) blank(t *testing.T) bool {
	t.Helper()
	for _, status := range panels.Statuses() {
		if status.Key == q.Status {
			return status.Blank
		}
	}
	t.Fatalf("%s: no status %q", q.Name, q.Status)
	return false
}

func runQueryTests(t *testing.T, queryTests []queryTest) {
	t.Helper()
	promtool, err := exec.LookPath("promtool")
	if err != nil {
		t.Fatal("no promtool in PATH: run `make tools`")
	}
	var tests []any
	for _, q := range queryTests {
		var series []any
		for _, sample := range q.Series {
			name, value, _ := strings.Cut(sample, " ")
			series = append(series, map[string]any{"series": name, "values": value})
		}
		expected := []any{
			expectation(fmt.Sprintf("count by (status) (%s)", q.Query), fmt.Sprintf("{status=%q}", q.Status), 1),
		}
		if !q.blank(t) {
			expected = append(expected, expectation(fmt.Sprintf("sum(%s)", q.Query), "{}", q.Value))
		} else {
			// Not a number is not equal to itself.
			expected = append(expected, map[string]any{"expr": fmt.Sprintf("(%s) == (%s)", q.Query, q.Query), "eval_time": "0m"})
		}
		tests = append(tests, map[string]any{"name": q.Name, "interval": "1m", "input_series": series, "promql_expr_test": expected})
	}
	text, err := yaml.Marshal(map[string]any{"evaluation_interval": "1m", "tests": tests})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "tiles.yaml")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	var output bytes.Buffer
	command := exec.Command(promtool, "test", "rules", file)
	command.Stdout, command.Stderr = &output, &output
	if err := command.Run(); err != nil {
		t.Errorf("%v\n%s", err, output.String())
	}
}

func expectation(expression, labels string, value float64) map[string]any {
	return map[string]any{
		"expr": expression, "eval_time": "0m",
		"exp_samples": []any{map[string]any{"labels": labels, "value": value}},
	}
}

func indicator(t *testing.T, name string) *definition.Indicator {
	t.Helper()
	definitions, err := definition.Load(config.Settings{}, definition.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	result, err := definitions.Indicator(name)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func TestPublishedValue(t *testing.T) {
	of := func(family string, value any) string {
		return fmt.Sprintf(`%s{indicator="childrens_icpc_on_time_ratio"} %v`, family, value)
	}
	suppressed := func(window string) string {
		return fmt.Sprintf(`childrens_indicator_suppressed{indicator="childrens_icpc_on_time_ratio",reason="small_count",window=%q} 1`, window)
	}
	stale := func(source string) string { return fmt.Sprintf("childrens_exporter_stale{source=%q} 1", source) }
	quarter := `childrens_icpc_on_time_ratio{window="quarter"} 0.8`
	info, value, rag := of("childrens_indicator_info", 1), of("childrens_indicator_value", 0.8), of("childrens_indicator_rag", 1)
	published := indicator(t, "childrens_icpc_on_time_ratio")
	queryTests := []queryTest{
		{Name: "with a status", Series: []string{info, quarter, value, rag}, Status: "1", Value: 0.8},
		{Name: "no target", Series: []string{info, quarter, value}, Status: "none", Value: 0.8},
		{Name: "a true zero", Series: []string{info, quarter, of("childrens_indicator_value", 0), of("childrens_indicator_rag", 2)}, Status: "2"},
		{Name: "suppressed", Series: []string{info, suppressed("quarter")}, Status: "suppressed small_count"},
		{Name: "suppressed, with another window's value in its place", Series: []string{info, value, rag, suppressed("quarter")}, Status: "suppressed small_count"},
		{Name: "another window suppressed", Series: []string{info, quarter, value, rag, suppressed("rolling_12m")}, Status: "1", Value: 0.8},
		{Name: "another window's value in its place", Series: []string{info, value, rag, `childrens_icpc_on_time_ratio{window="fy"} 0.8`}, Status: "unavailable no_value"},
		{Name: "no value", Series: []string{info}, Status: "unavailable no_value"},
		{Name: "source stale", Series: []string{info, stale("social_care")}, Status: "unavailable stale"},
		{Name: "another source stale", Series: []string{info, stale("education")}, Status: "unavailable no_value"},
		{Name: "source not connected", Status: "unavailable not_connected"},
		{Name: "another indicator", Series: []string{`childrens_indicator_value{indicator="childrens_cp_plans_open"} 190`}, Status: "unavailable not_connected"},
	}
	for i := range queryTests {
		queryTests[i].Query = panels.PublishedValue(published)
	}
	runQueryTests(t, queryTests)
}

// A quarter without a value is not filled with a year, which ended in another month and is four times as long.
func TestClosedPeriodValueIsOfThePrimaryKind(t *testing.T) {
	period := func(indicator, window string, offset int, value float64) string {
		return fmt.Sprintf(`childrens_indicator_period{indicator=%q,offset="%d",window=%q} %v`, indicator, offset, window, value)
	}
	const quarterly, termly, yearly = "childrens_ehcp_issued", "childrens_attendance_absence_ratio", "childrens_ehcp_new"
	const none = -1
	tests := []struct {
		name, indicator string
		series          []string
		value           float64
	}{
		{"a quarter", quarterly, []string{period(quarterly, "quarter", 1, 70), period(quarterly, "cy", 1, 300)}, 70},
		{"no value in that quarter", quarterly, []string{period(quarterly, "quarter", 2, 70), period(quarterly, "cy", 1, 300)}, none},
		{"a term", termly, []string{period(termly, "term", 1, 0.1), period(termly, "acyear", 1, 0.2)}, 0.1},
		{"no value in that term", termly, []string{period(termly, "term", 4, 0.1), period(termly, "acyear", 1, 0.2)}, none},
		{"years alone", yearly, []string{period(yearly, "cy", 1, 300)}, 300},
		{"years beside the quarters of another indicator", yearly, []string{period(yearly, "cy", 1, 300), period(quarterly, "quarter", 1, 70)}, 300},
		{"the financial year never stands for a quarter", quarterly, []string{period(quarterly, "fy", 1, 300)}, none},
	}
	var queryTests []queryTest
	for _, test := range tests {
		queryTests = append(queryTests, queryTest{Name: test.name, Series: test.series, Status: "none", Value: test.value, Query: fmt.Sprintf(
			`label_replace(sum(%s and on (indicator) label_replace(vector(1), "indicator", %q, "", "")) or vector(%d), "status", "none", "", "")`,
			panels.ClosedPeriodValue(1), test.indicator, none)})
	}
	runQueryTests(t, queryTests)
}

func TestQuarterChangeComparesPeriodsOfOneKind(t *testing.T) {
	for name, kind := range map[string]string{
		"childrens_referrals":                "quarter",
		"childrens_cp_plans_open":            "quarter",
		"childrens_attendance_absence_ratio": "term",
		// Its value is of a school year; a term's would look like a fall by two thirds.
		"childrens_suspensions_per_100_pupils": "acyear",
	} {
		expression := panels.QuarterChange(indicator(t, name))
		if strings.Count(expression, "window=") != strings.Count(expression, fmt.Sprintf("window=%q", kind)) {
			t.Errorf("%s: not all periods are of the kind %s:\n%s", name, kind, expression)
		}
	}
}
