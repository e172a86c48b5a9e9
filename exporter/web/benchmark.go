package web

import (
	"childrens-services-exporter/exporter/benchmark"
	"childrens-services-exporter/exporter/definition"
)

// collectBenchmarks writes the published figures of the indicators that the page
// includes. All figures are public, but one of an indicator that is not on the public
// page would only raise questions.
func (e *Exporter) collectBenchmarks(w *pageWriter, include func(*definition.Indicator) bool) {
	if e.Benchmarks == nil {
		return
	}
	indicators := map[string]*definition.Indicator{}
	for _, indicator := range e.indicators() {
		if include(indicator) {
			indicators[indicator.Name] = indicator
		}
	}
	view := e.Benchmarks.For(e.Settings.Authority.LACode, func(name string) (ranked, lowerBetter bool) {
		indicator := indicators[name]
		return indicator != nil && indicator.Unit != "count", indicator != nil && indicator.Better == definition.LowerBetter
	})
	for _, figure := range view.Figures {
		if indicators[figure.Indicator] == nil {
			continue
		}
		labels := []string{figure.Indicator, figure.AreaType, figure.Area, figure.Year}
		switch {
		case figure.Latest:
			w.gauge(benchmarkDesc, figure.Value, labels...)
		case figure.AreaType != benchmark.Neighbour:
			w.gauge(benchmarkHistoryDesc, figure.Value, labels...)
		}
	}
	for _, rank := range view.Ranks {
		if indicators[rank.Indicator] != nil {
			w.gauge(benchmarkRankDesc, float64(rank.Place), rank.Indicator, rank.Year)
			w.gauge(benchmarkAuthoritiesDesc, float64(rank.Authorities), rank.Indicator, rank.Year)
		}
	}
	for _, publication := range view.Publications {
		if indicators[publication.Indicator] != nil && publication.Latest {
			w.gauge(benchmarkInfoDesc, 1, publication.Indicator, publication.Year, publication.Source, publication.Publication)
		}
	}
}
