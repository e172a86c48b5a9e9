package main

import (
	"cmp"
	"maps"
	"slices"
	"testing"
	"time"

	synthetic "childrens-services-exporter/cmd/childrens-services-demo/council"
	"childrens-services-exporter/exporter/period"
)

// mostSeries is how many series a council of typical size may cost its Prometheus.
const mostSeries = 15_000

// BenchmarkSeries counts the series of each page by the size of the council.
func BenchmarkSeries(b *testing.B) {
	day := period.Date(2026, time.March, 31)
	for _, name := range []string{"small", "wokingham", "typical"} {
		b.Run(name, func(b *testing.B) {
			profile, err := synthetic.ProfileNamed(name)
			if err != nil {
				b.Fatal(err)
			}
			profile.AttendanceYears = min(profile.AttendanceYears, 1) // years before add rows and no series
			p, opened := syntheticCouncil(b, profile, day, "populations: {children: {2024: 45000, 2026: 45000}}\n")
			count := func(page servedPage) float64 {
				many := 0
				for _, metrics := range page {
					many += len(metrics)
				}
				return float64(many)
			}
			var page servedPage
			var managers, public float64
			for b.Loop() {
				page = servedOn(b, p, opened, day)
				managers, public = count(page), count(servedPublic(b, p, opened, day))
			}
			largest := slices.SortedFunc(maps.Keys(page), func(a, b string) int { return cmp.Compare(len(page[b]), len(page[a])) })
			for _, family := range largest[:min(12, len(largest))] {
				b.Logf("%6d %s", len(page[family]), family)
			}
			b.ReportMetric(managers, "series")
			b.ReportMetric(public, "public-series")
			if name == "typical" && managers > mostSeries {
				b.Errorf("%s has %.0f series, more than %d", name, managers, mostSeries)
			}
		})
	}
}
