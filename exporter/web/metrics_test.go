package web_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"childrens-services-exporter/exporter/benchmark"
	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/web"
	"childrens-services-exporter/internal/testcouncil"
)

func TestMetricsListsEveryDescOnce(t *testing.T) {
	source, err := os.ReadFile("metrics.go")
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, metric := range web.Metrics() {
		names[metric.Name] = true
	}
	if defined := strings.Count(string(source), "Desc = newDesc("); defined != len(web.Metrics()) || defined != len(names) {
		t.Errorf("metrics.go defines %d families; Metrics lists %d, %d of them different", defined, len(web.Metrics()), len(names))
	}
}

// Every page serves the metrics of the list with their labels.
func TestPagesServeTheListedMetricsWithTheirLabels(t *testing.T) {
	s := serve(t, testcouncil.Database(t), definition.Embedded())
	table, _, err := benchmark.Read(nil, "")
	if err != nil {
		t.Fatal(err)
	}
	s.pages.Benchmarks, s.pages.Settings.Authority.LACode = table, 306
	s.pages.Issues = []config.Issue{{Input: "benchmarks", Message: "extra.csv:2: no year"}}
	s.pages.Commentary = s.remarks(t, map[string]string{
		"plans.md":    remark("childrens_cp_plans_open", "2020-21 Q1", "text"),
		"events.yaml": "2020-03-23: First lockdown\n",
	})
	s.collect(t)
	listed := map[string]web.Desc{}
	for _, metric := range web.Metrics() {
		listed[metric.Name] = metric
	}
	indicators := map[string]bool{}
	for _, indicator := range s.source.Catalogue.Indicators() {
		for _, family := range indicator.Families() {
			indicators[family.Name] = true
		}
	}
	label := regexp.MustCompile(`([a-z_]+)="(?:[^"\\]|\\.)*"`)
	for _, path := range []string{web.ManagersPath, web.WorkersPath, web.PublicPath} {
		_, text := get(t, s.handler(), path)
		seen := map[string]bool{}
		for _, line := range linesWithPrefix(text, "childrens_") {
			name, labels, _ := strings.Cut(line, "{")
			name, _, _ = strings.Cut(name, " ")
			if seen[name] || indicators[name] {
				continue
			}
			seen[name] = true
			if !listed[name].ServedAt(path) {
				t.Errorf("%s serves %s, which is not listed for it", path, name)
			}
			var got []string
			for _, match := range label.FindAllStringSubmatch(labels, -1) {
				got = append(got, match[1])
			}
			if diff := cmp.Diff(slices.Sorted(slices.Values(listed[name].Labels)), got); diff != "" {
				t.Errorf("%s at %s: %s", name, path, diff)
			}
		}
		if path != web.WorkersPath && len(seen) < 15 {
			t.Errorf("%s serves %d of the listed metrics", path, len(seen))
		}
	}
}
