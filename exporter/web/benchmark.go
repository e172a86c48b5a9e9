package web

import (
	"github.com/prometheus/client_golang/prometheus"

	"childrens-services-exporter/exporter/benchmark"
	"childrens-services-exporter/exporter/definition"
)

// collectBenchmarks emits what was published of the indicators that are wanted. It
// is as public as it was before; of an indicator that is kept from the public it
// would only raise the question.
func (c *Exporter) collectBenchmarks(emit func(prometheus.Metric), wanted func(*definition.Indicator) bool) {
	if c.Benchmarks == nil {
		return
	}
	served := map[string]*definition.Indicator{}
	for _, indicator := range c.indicators() {
		if wanted(indicator) {
			served[indicator.Name] = indicator
		}
	}
	view := c.Benchmarks.For(c.Settings.Authority.LACode, func(name string) (ranked, lowerBetter bool) {
		indicator := served[name]
		return indicator != nil && indicator.Unit != "count", indicator != nil && indicator.Better == definition.LowerBetter
	})
	for _, one := range view.Figures {
		if served[one.Indicator] == nil {
			continue
		}
		labels, values := []string{"indicator", "area_type", "area", "year"}, []string{one.Indicator, one.AreaType, one.Area, one.Year}
		switch {
		case one.Latest:
			emit(gauge("childrens_benchmark", "The latest published figure of an area. childrens_benchmark_info says by whom, the handbook how the published measure differs.", labels, values, one.Value))
		case one.AreaType != benchmark.Neighbour:
			emit(gauge("childrens_benchmark_history", "Published figures of earlier years; of the statistical neighbours their mean alone.", labels, values, one.Value))
		}
	}
	c.collectRanks(emit, view, served)
}

func (c *Exporter) collectRanks(emit func(prometheus.Metric), view benchmark.View, served map[string]*definition.Indicator) {
	year := []string{"indicator", "year"}
	for _, one := range view.Ranks {
		if served[one.Indicator] != nil {
			values := []string{one.Indicator, one.Year}
			emit(gauge("childrens_benchmark_rank", "The council's place among the authorities with a figure, 1 the best, or the highest where neither way is better.", year, values, float64(one.Place)))
			emit(gauge("childrens_benchmark_ranked", "How many authorities have a figure.", year, values, float64(one.Authorities)))
		}
	}
	for _, one := range view.Publications {
		if served[one.Indicator] != nil && one.Latest {
			emit(gauge("childrens_benchmark_info", "Where the latest published figures of an indicator come from.",
				[]string{"indicator", "year", "publisher", "publication"}, []string{one.Indicator, one.Year, one.Source, one.Publication}, 1))
		}
	}
}

func allIndicators(*definition.Indicator) bool { return true }

func isPublic(indicator *definition.Indicator) bool { return indicator.Public != definition.PublicNone }

// collectConfigIssues tells how many entries of the council's own are left out; the log
// names each when it is met.
func (c *Exporter) collectConfigIssues(emit func(prometheus.Metric)) {
	counts := map[string]int{"benchmarks": 0, "targets": 0, "meetings": 0, "state": 0}
	for _, one := range c.Issues {
		counts[one.Input]++
	}
	for _, collector := range c.Collectors {
		counts["state"] += len(collector.FirstReported().Issues())
		counts["targets"] += len(collector.State().Issues)
	}
	if book, speaks := c.commentary(); speaks {
		counts["commentary"] = len(book.Issues)
	}
	for input, count := range counts {
		emit(gauge("childrens_exporter_rejected_entries", "Entries of the council's own that cannot be used and are left out; the log names them.",
			[]string{"input"}, []string{input}, float64(count)))
	}
}
