package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"
)

// smokeTest holds the checks of the running demonstration.
type smokeTest struct {
	*environment
	tools     tools
	addresses addresses
}

func pages() []string { return []string{"/metrics", "/metrics/workers", "/metrics/public"} }

func (v smokeTest) page(ctx context.Context, path string) ([]byte, error) {
	return get(ctx, "http://"+v.addresses.exporter+path)
}

// lintPages runs `promtool check metrics` on each page.
func (v smokeTest) lintPages(ctx context.Context) (string, error) {
	var problems []error
	for _, path := range pages() {
		text, err := v.page(ctx, path)
		if err != nil {
			return "", err
		}
		if !bytes.Contains(text, []byte("\nchildrens_")) {
			problems = append(problems, fmt.Errorf("%s holds no indicator", path))
		}
		var output bytes.Buffer
		err = runProgram(ctx, program{
			name: "lint" + strings.ReplaceAll(path, "/", "-"), path: v.tools.promtool, arguments: []string{"check", "metrics"},
			stdin: bytes.NewReader(text), stdout: &output,
		}, v.logs())
		if err != nil || output.Len() > 0 {
			problems = append(problems, fmt.Errorf("%s: %s: %w", path, output.String(), err))
		}
	}
	return "", errors.Join(problems...)
}

// checkIndicators compares the catalogue with the pages.
func (v smokeTest) checkIndicators(ctx context.Context) (string, error) {
	var handbook bytes.Buffer
	if err := v.runExporter(ctx, &handbook, "catalogue", "-json"); err != nil {
		return "", err
	}
	var indicators []struct {
		Name string `json:"name"`
	}
	if err := json.Unmarshal(handbook.Bytes(), &indicators); err != nil {
		return "", fmt.Errorf("read the catalogue: %w", err)
	}
	served := map[string]*dto.MetricFamily{}
	for _, path := range []string{"/metrics", "/metrics/workers"} {
		text, err := v.page(ctx, path)
		if err != nil {
			return "", err
		}
		families, err := parse(bytes.NewReader(text))
		if err != nil {
			return "", err
		}
		for _, family := range families {
			served[family.GetName()] = family
		}
	}
	var missing []error
	for _, indicator := range indicators {
		if served[indicator.Name] == nil {
			missing = append(missing, fmt.Errorf("%s has no sample: %s", indicator.Name,
				unavailableReason(served["childrens_exporter_indicator_unavailable_reason"], indicator.Name)))
		}
	}
	return fmt.Sprintf("%d indicators", len(indicators)), errors.Join(missing...)
}

// unavailableReason gives the exporter's own reason.
func unavailableReason(reasons *dto.MetricFamily, indicator string) string {
	for _, metric := range reasons.GetMetric() {
		labels := labelsOf(metric)
		if labels["indicator"] == indicator {
			return "unavailable, " + labels["reason"]
		}
	}
	return "and the exporter gives no reason"
}

// checkPublicPage looks for a number of 1 to 5 that could be a count of children on the public page. What may be small is
// named; whatever is new on the page is not.
func (s *environment) checkPublicPage(ctx context.Context) (string, error) {
	var page bytes.Buffer
	if err := s.runExporter(ctx, &page, "collect", "-public"); err != nil {
		return "", err
	}
	families, err := parse(&page)
	if err != nil {
		return "", err
	}
	samples, suppressed, problems := smallCounts(families)
	if samples == 0 || suppressed == 0 {
		problems = append(problems, fmt.Errorf("%d numbers and %d suppressed values: the check needs a page with both", samples, suppressed))
	}
	return fmt.Sprintf("%d numbers, %d suppressed", samples, suppressed), errors.Join(problems...)
}

// smallCounts returns how many numbers a page has, how many it names as suppressed, and which could identify a child.
func smallCounts(families []*dto.MetricFamily) (samples, suppressed int, problems []error) {
	allowed := []string{
		"childrens_indicator_suppressed", "childrens_indicator_rag", "childrens_indicator_target", "childrens_indicator_tolerance",
		"childrens_exporter_stale", "childrens_indicator_period_suppressed", "childrens_indicator_period_rag", "childrens_indicator_limit",
		"childrens_commentary_missing", "childrens_benchmark", "childrens_benchmark_history", "childrens_benchmark_rank",
	}
	for _, family := range families {
		name := family.GetName()
		if name == "childrens_indicator_suppressed" {
			suppressed = len(family.GetMetric())
		}
		if slices.Contains(allowed, name) || strings.HasSuffix(name, "_info") {
			continue
		}
		for _, metric := range family.GetMetric() {
			samples++
			labels, value := labelsOf(metric), metric.GetGauge().GetValue()
			ratio := strings.HasSuffix(name, "_ratio") || strings.HasSuffix(labels["indicator"], "_ratio")
			all := ratio && value == 1 // shown where all is at least 20
			if strings.HasSuffix(name, "_per_100_pupils") || strings.HasSuffix(labels["indicator"], "_per_100_pupils") {
				continue // worked out from a count that is rounded and not small
			}
			if value >= 1 && value <= 5 && !all {
				problems = append(problems, fmt.Errorf("%s%v is between 1 and 5", name, labels))
			}
		}
	}
	return samples, suppressed, problems
}

func parse(page io.Reader) ([]*dto.MetricFamily, error) {
	parser := expfmt.NewTextParser(model.LegacyValidation)
	families, err := parser.TextToMetricFamilies(page)
	if err != nil {
		return nil, fmt.Errorf("read the page: %w", err)
	}
	var sorted []*dto.MetricFamily
	for _, family := range families {
		sorted = append(sorted, family)
	}
	slices.SortFunc(sorted, func(a, b *dto.MetricFamily) int { return strings.Compare(a.GetName(), b.GetName()) })
	return sorted, nil
}

func labelsOf(metric *dto.Metric) map[string]string {
	labels := map[string]string{}
	for _, label := range metric.GetLabel() {
		labels[label.GetName()] = label.GetValue()
	}
	return labels
}
