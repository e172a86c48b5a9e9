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

// visit is a look at everything while it runs.
type visit struct {
	*stage
	tools     tools
	addresses addresses
}

func pages() []string { return []string{"/metrics", "/metrics/workers", "/metrics/public"} }

func (v visit) page(ctx context.Context, path string) ([]byte, error) {
	return get(ctx, "http://"+v.addresses.exporter+path)
}

// lint has promtool judge the names and help texts of each page.
func (v visit) lint(ctx context.Context) (string, error) {
	var found []error
	for _, path := range pages() {
		text, err := v.page(ctx, path)
		if err != nil {
			return "", err
		}
		if !bytes.Contains(text, []byte("\nchildrens_")) {
			found = append(found, fmt.Errorf("%s holds no indicator", path))
		}
		var said bytes.Buffer
		err = finish(ctx, program{
			name: "lint" + strings.ReplaceAll(path, "/", "-"), path: v.tools.promtool, arguments: []string{"check", "metrics"},
			stdin: bytes.NewReader(text), stdout: &said,
		}, v.logs())
		if err != nil || said.Len() > 0 {
			found = append(found, fmt.Errorf("%s: %s: %w", path, said.String(), err))
		}
	}
	return "", errors.Join(found...)
}

// sampled compares the catalogue with the pages.
func (v visit) sampled(ctx context.Context) (string, error) {
	var handbook bytes.Buffer
	if err := v.ask(ctx, &handbook, "catalogue", "-json"); err != nil {
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
				unavailable(served["childrens_exporter_indicator_unavailable_reason"], indicator.Name)))
		}
	}
	return fmt.Sprintf("%d indicators", len(indicators)), errors.Join(missing...)
}

// unavailable gives the exporter's own reason.
func unavailable(reasons *dto.MetricFamily, indicator string) string {
	for _, metric := range reasons.GetMetric() {
		if labels := labelsOf(metric); labels["indicator"] == indicator {
			return "unavailable, " + labels["reason"]
		}
	}
	return "and the exporter gives no reason"
}

// undisclosed looks for a number of 1 to 5 that could be a count of children on the public page. What may be small is
// named; whatever is new on the page is not.
func (s *stage) undisclosed(ctx context.Context) (string, error) {
	var page bytes.Buffer
	if err := s.ask(ctx, &page, "collect", "-public"); err != nil {
		return "", err
	}
	families, err := parse(&page)
	if err != nil {
		return "", err
	}
	samples, held, found := countsIn(families)
	if samples == 0 || held == 0 {
		found = append(found, fmt.Errorf("%d numbers and %d held back: a page that shows or hides nothing proves nothing", samples, held))
	}
	return fmt.Sprintf("%d numbers, %d held back", samples, held), errors.Join(found...)
}

// countsIn tells how many numbers a page holds, how many it names as held back, and which could identify a child.
func countsIn(families []*dto.MetricFamily) (samples, held int, found []error) {
	harmless := []string{
		"childrens_indicator_suppressed", "childrens_indicator_rag", "childrens_indicator_target", "childrens_indicator_tolerance",
		"childrens_exporter_stale", "childrens_indicator_period_suppressed", "childrens_indicator_period_rag", "childrens_indicator_limit",
		"childrens_commentary_missing", "childrens_benchmark", "childrens_benchmark_history", "childrens_benchmark_rank",
	}
	for _, family := range families {
		name := family.GetName()
		if name == "childrens_indicator_suppressed" {
			held = len(family.GetMetric())
		}
		if slices.Contains(harmless, name) || strings.HasSuffix(name, "_info") {
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
				found = append(found, fmt.Errorf("%s%v is between 1 and 5", name, labels))
			}
		}
	}
	return samples, held, found
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
