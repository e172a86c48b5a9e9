package web_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"childrens-services-exporter/exporter/web"
)

const metricsDocument = "../../docs/metrics.md"

// TestDocumentListsEveryMetric compares docs/metrics.md with the metrics; with
// -update it writes the file.
func TestDocumentListsEveryMetric(t *testing.T) {
	want := documentMetrics(web.Metrics())
	if *update {
		if err := os.WriteFile(metricsDocument, []byte(want), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(metricsDocument)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("docs/metrics.md is out of date; go test ./exporter/web -run Document -update writes it:\n%s", diff)
	}
}

// documentMetrics writes the reference of the metrics as Markdown.
func documentMetrics(metrics []web.Desc) string {
	var text strings.Builder
	text.WriteString(`# Metrics

Generated from ` + "`exporter/web/metrics.go`" + ` by ` + "`go test ./exporter/web -run Document -update`" + `; do not edit.

Every metric is a gauge. A value that cannot be had is an absent sample, never 0 and never NaN. The pages are
` + "`/metrics`" + ` for managers, ` + "`/metrics/workers`" + ` for caseloads by worker and ` + "`/metrics/public`" + ` for screens that anyone may
see. ` + "`/metrics`" + ` also serves ` + "`go_*`" + ` and ` + "`process_*`" + `.

## The indicators

` + "`childrens-services-exporter catalogue`" + ` prints each indicator with its metric. All follow one pattern:

| Metric | Meaning | Page |
|---|---|---|
| ` + "`X`" + ` | the value for the whole authority | managers; public if the definition allows it |
| ` + "`X_numerator`, `X_denominator`" + ` | what a ratio ` + "`X_ratio`" + ` is worked out from | managers; public if the definition allows it |
| ` + "`X_by_team{team}`" + ` and other breakdowns | the value of one team or group | managers |
| ` + "`X_by_worker{team,worker}`" + ` | the value of one worker | workers |

An indicator of what happened in a window carries the label ` + "`window`" + `, such as ` + "`month`, `quarter`, `fytd`, `fy`, `rolling_12m`" + ` or, for
education, ` + "`term`, `acytd`, `acyear`" + `. An indicator of a state on a day has no such label.
`)
	sections := []struct {
		title   string
		belongs func(string) bool
	}{
		{"Every indicator in one form", func(name string) bool { return strings.HasPrefix(name, "childrens_indicator_") }},
		{"The council and others", func(name string) bool {
			return !strings.HasPrefix(name, "childrens_indicator_") && !strings.HasPrefix(name, "childrens_exporter_")
		}},
		{"The exporter's own health", func(name string) bool { return strings.HasPrefix(name, "childrens_exporter_") }},
	}
	for _, section := range sections {
		fmt.Fprintf(&text, "\n## %s\n\n| Metric | Type | Labels | Meaning | Page |\n|---|---|---|---|---|\n", section.title)
		for _, metric := range metrics {
			if section.belongs(metric.Name) {
				fmt.Fprintf(&text, "| `%s` | gauge | `%s` | %s | %s |\n",
					metric.Name, strings.Join(metric.Labels, "`, `"), metric.Help, pageNames(metric))
			}
		}
	}
	return text.String()
}

func pageNames(metric web.Desc) string {
	var names []string
	for _, page := range []struct{ path, name string }{
		{web.ManagersPath, "managers"}, {web.WorkersPath, "workers"}, {web.PublicPath, "public"},
	} {
		if metric.ServedAt(page.path) {
			names = append(names, page.name)
		}
	}
	return strings.Join(names, ", ")
}
