package web_test

import (
	"testing"

	"childrens-services-exporter/exporter/benchmark"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/web"
	"childrens-services-exporter/internal/testcouncil"
)

// BenchmarkScrape is a scrape of each page of a council with every indicator and
// the published figures of its neighbours.
func BenchmarkScrape(b *testing.B) {
	s := serve(b, testcouncil.Database(b), definition.Embedded())
	table, _, err := benchmark.Read(nil, "")
	if err != nil {
		b.Fatal(err)
	}
	s.pages.Benchmarks, s.pages.Settings.Authority.LACode = table, 306
	s.collect(b)
	handler := s.handler()
	for _, path := range []string{web.ManagersPath, web.PublicPath} {
		b.Run(path, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				get(b, handler, path)
			}
		})
	}
}
