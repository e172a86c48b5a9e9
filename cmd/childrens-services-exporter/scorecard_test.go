package main

import (
	"fmt"
	"io"
	"log/slog"
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	dto "github.com/prometheus/client_model/go"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/collector"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/store"
	"childrens-services-exporter/exporter/web"
	"childrens-services-exporter/internal/synthetic"
)

// lastID is the last of the indicators that every council has.
const lastID = 106

// TestScorecard prints a line for each indicator, as a council collects and serves
// it: value, target, status, eight quarters and England, each of them there or with
// the reason why it is not.
func TestScorecard(t *testing.T) {
	profile, err := synthetic.FindProfile("small")
	if err != nil {
		t.Fatal(err)
	}
	// In a council this small, some indicators had nobody to count two years ago.
	profile.LookedAfter, profile.CareLeavers, profile.Unaccompanied = 160, 60, 0.16
	profile.Schools, profile.Pupils, profile.AttendanceYears = 60, 2000, 4
	day := calendar.Date(2026, time.March, 31)
	p, opened := syntheticCouncil(t, profile, day, fmt.Sprintf(
		"authority: {la_code: %d}\npopulations: {children: {2018: %[2]d, 2026: %[2]d}, children_5_to_15: {2018: %[3]d, 2026: %[3]d}}\n",
		profile.LACode, profile.Population, profile.Population*11/18))
	page := managersPageOn(t, p, opened, day)
	var table strings.Builder
	lines := tabwriter.NewWriter(&table, 0, 0, 1, ' ', 0)
	writeLine(lines, "id", "indicator", "value", "target", "status", "eight quarters, the last first", "England")
	seen := map[int]bool{}
	for _, indicator := range byID(opened.catalogue) {
		if indicator.Supporting {
			continue
		}
		seen[indicator.ID] = true
		line := page.line(indicator)
		writeLine(lines, append([]string{strconv.Itoa(indicator.ID), indicator.Name}, line.cells()...)...)
		for _, lack := range line.lacks {
			t.Errorf("%d %s has no %s", indicator.ID, indicator.Name, lack)
		}
	}
	if err := lines.Flush(); err != nil {
		t.Fatal(err)
	}
	for id := 1; id <= lastID; id++ {
		if !seen[id] {
			t.Errorf("%d has no indicator", id)
		}
	}
	for _, code := range page.codesWithoutLabel() {
		t.Errorf("no screen can say what %s is; add it to code_labels.yaml", code)
	}
	t.Logf("%d of %d indicators of a made-up council of %d children on %s\n%s", len(seen), lastID, profile.Population, day.Format(time.DateOnly), table.String())
}

// codesWithoutLabel lists the values of breakdowns that only a specialist can read.
func (s metricPage) codesWithoutLabel() []string {
	names := []string{"team", "worker", "school", "organisation", "urn", "year_group", "level"}
	code := regexp.MustCompile(`^([A-Z]+[0-9]?|[0-9]{1,2}[A-Z]?)$`)
	labels, missing := definition.CodeLabels(), map[string]bool{}
	for family, metrics := range s {
		for _, metric := range metrics {
			for _, label := range metric.GetLabel() {
				if by := label.GetName(); strings.Contains(family, "_by_") && !slices.Contains(names, by) && code.MatchString(label.GetValue()) && labels[by][label.GetValue()] == "" {
					missing[by+" "+label.GetValue()] = true
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(missing))
}

func writeLine(to io.Writer, cells ...string) { _, _ = fmt.Fprintln(to, strings.Join(cells, "\t")) }

func byID(c *definition.Catalogue) []*definition.Indicator {
	return slices.SortedStableFunc(slices.Values(c.Indicators()), func(a, b *definition.Indicator) int { return a.ID - b.ID })
}

// metricPage is what managers are served, by family.
type metricPage map[string][]*dto.Metric

func managersPageOn(t testing.TB, p *program, opened *app, day time.Time) metricPage {
	t.Helper()
	pages := pagesOn(t, p, opened, day)
	return gatheredPage(t, pages.ManagersPage(), pages.WorkersPage())
}

func publicPageOf(t testing.TB, p *program, opened *app, day time.Time) metricPage {
	t.Helper()
	return gatheredPage(t, pagesOn(t, p, opened, day).PublicPage())
}

func pagesOn(t testing.TB, p *program, opened *app, day time.Time) *web.Exporter {
	t.Helper()
	noon := func() time.Time { return day.Add(12 * time.Hour) }
	collectors := p.collectors(opened, moment{noon, store.Open(""), slog.New(slog.DiscardHandler)})
	for _, live := range collectors {
		if err := live.Collect(t.Context(), collector.Request{Accept: true}); err != nil {
			t.Fatal(err)
		}
	}
	return p.pages(opened, collectors, noon)
}

func gatheredPage(t testing.TB, pages ...prometheus.Collector) metricPage {
	t.Helper()
	registry := prometheus.NewPedanticRegistry()
	registry.MustRegister(pages...)
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	page := metricPage{}
	for _, family := range families {
		page[family.GetName()] = family.GetMetric()
	}
	return page
}

// of are the values of a family for an indicator, by another label's value.
func (s metricPage) of(family, indicator, by string, where map[string]string) map[string]float64 {
	values := map[string]float64{}
	for _, metric := range s[family] {
		labels := map[string]string{}
		for _, label := range metric.GetLabel() {
			labels[label.GetName()] = label.GetValue()
		}
		matches := labels["indicator"] == indicator
		for name, value := range where {
			matches = matches && labels[name] == value
		}
		if matches {
			values[labels[by]] = metric.GetGauge().GetValue()
		}
	}
	return values
}

func (s metricPage) single(family, indicator string) (float64, bool) {
	value, hasValue := s.of(family, indicator, "", nil)[""]
	return value, hasValue
}

// scoreLine is one indicator; lacks are what it neither has nor has a reason for.
type scoreLine struct {
	value, target, status, quarters, england string
	lacks                                    []string
}

func (l *scoreLine) cells() []string {
	return []string{l.value, l.target, l.status, l.quarters, l.england}
}

func (s metricPage) line(indicator *definition.Indicator) *scoreLine {
	l := &scoreLine{target: "none", england: "none"}
	value, hasValue := s.single("childrens_indicator_value", indicator.Name)
	distribution := indicator.BreakdownOnly || indicator.Measure.Kind == definition.Bands
	switch {
	case hasValue:
		l.value = short(indicator.Unit, value)
	case distribution:
		l.value = s.parts(indicator)
	}
	target, has := s.single("childrens_indicator_target", indicator.Name)
	if has {
		l.target = short(indicator.Unit, target)
	}
	l.status = s.status(indicator, has)
	if has != (indicator.Target != nil) || !has && indicator.TargetReason == "" {
		l.lacks = append(l.lacks, "target, nor a reason to have none")
	}
	l.quarters = s.periods(indicator)
	if distribution && l.quarters == "" {
		l.quarters = "a distribution has no number of its own"
	}
	published := s.of("childrens_benchmark", indicator.Name, "year", map[string]string{"area_type": "england"})
	for year, figure := range published {
		l.england = short(indicator.Unit, figure) + " in " + year
	}
	for _, cell := range []struct{ name, text string }{{"value", l.value}, {"status, nor a reason", l.status}, {"eight quarters", l.quarters}} {
		if cell.text == "" {
			l.lacks = append(l.lacks, cell.name)
		}
	}
	return l
}

// status is the indicator's, or why it has none: the page must agree with it.
func (s metricPage) status(indicator *definition.Indicator, target bool) string {
	status, hasStatus := s.single("childrens_indicator_rag", indicator.Name)
	denominator, ratio := s.single("childrens_indicator_denominator", indicator.Name)
	few := ratio && denominator < 5
	switch {
	case hasStatus && target && !few:
		return []string{"on target", "watch", "off target"}[int(status)]
	case !hasStatus && !target:
		return "none: no target"
	case !hasStatus && few:
		return fmt.Sprintf("none: %g counted are too few", denominator)
	}
	return ""
}

// parts are the bands or groups of an indicator that has no total.
func (s metricPage) parts(indicator *definition.Indicator) string {
	total, groups := 0.0, 0
	for _, family := range indicator.Families() {
		for _, metric := range s[family.Name] {
			total, groups = total+metric.GetGauge().GetValue(), groups+1
		}
		if groups > 0 {
			return fmt.Sprintf("%g in %d groups", total, groups)
		}
	}
	return ""
}

// periods are eight quarters, or as many of the terms, or the years, of what is
// counted by those; empty if one is missing in between.
func (s metricPage) periods(indicator *definition.Indicator) string {
	for _, kind := range []struct {
		name string
		many int
		note string
	}{{"quarter", 8, ""}, {"term", 8, " (terms)"}, {"cyear", 3, " (years)"}, {"acyear", 3, " (academic years)"}, {"fy", 3, " (financial years)"}} {
		values := s.of("childrens_indicator_period", indicator.Name, "offset", map[string]string{"window": kind.name})
		if len(values) == 0 {
			continue
		}
		var texts []string
		for back := 1; back <= kind.many; back++ {
			value, hasValue := values[strconv.Itoa(back)]
			if !hasValue {
				return ""
			}
			texts = append(texts, short(indicator.Unit, value))
		}
		return strings.Join(texts, " ") + kind.note
	}
	return ""
}

func short(unit string, value float64) string {
	const day = 86400
	switch unit {
	case "ratio":
		return strconv.FormatFloat(math.Round(value*1000)/10, 'f', -1, 64) + "%"
	case "seconds":
		return strconv.FormatFloat(math.Round(value/day*10)/10, 'f', -1, 64) + "d"
	}
	return strconv.FormatFloat(math.Round(value*10)/10, 'f', -1, 64)
}
