package web

import (
	"fmt"

	"github.com/prometheus/client_golang/prometheus"

	"childrens-services-exporter/exporter/definition"
)

// uncheckedCollector is the collector of one page. Its families depend on the
// definitions and the data, so that it cannot describe them beforehand.
type uncheckedCollector struct {
	write func(*pageWriter)
	page  pageWriter
}

// Describe sends nothing, which makes this an unchecked collector for client_golang.
func (c uncheckedCollector) Describe(chan<- *prometheus.Desc) {}

// Collect sends the page's samples from memory.
func (c uncheckedCollector) Collect(metrics chan<- prometheus.Metric) {
	page := c.page
	page.send = func(metric prometheus.Metric) { metrics <- metric }
	c.write(&page)
}

// pageWriter writes the samples of one scrape of one page.
type pageWriter struct {
	path string
	send func(prometheus.Metric)
	// families are the descriptors of the indicators' families by name: a scrape
	// has thousands of samples of a few hundred families.
	families map[string]*prometheus.Desc
}

func newPageWriter(path string, indicators []*definition.Indicator) pageWriter {
	families := map[string]*prometheus.Desc{}
	for _, indicator := range indicators {
		for _, family := range indicator.Families() {
			families[family.Name] = prometheus.NewDesc(family.Name, family.Help, family.Labels, nil)
		}
	}
	return pageWriter{path: path, families: families}
}

// gauge writes a sample of one of the exporter's own metrics. A metric that the page
// may not serve is an error of the scrape.
func (w *pageWriter) gauge(desc Desc, value float64, labels ...string) {
	if !desc.ServedAt(w.path) {
		w.send(prometheus.NewInvalidMetric(desc.desc, fmt.Errorf("%s is not a metric of %s", desc.Name, w.path)))
		return
	}
	w.sendGauge(desc.desc, value, labels)
}

// observations writes the samples of indicators' values.
func (w *pageWriter) observations(observations []definition.Observation) {
	for _, observation := range observations {
		for _, sample := range observation.Samples() {
			w.sendGauge(w.families[sample.Family.Name], sample.Value, sample.Labels)
		}
	}
}

func (w *pageWriter) sendGauge(desc *prometheus.Desc, value float64, labels []string) {
	metric, err := prometheus.NewConstMetric(desc, prometheus.GaugeValue, value, labels...)
	if err != nil {
		metric = prometheus.NewInvalidMetric(desc, err)
	}
	w.send(metric)
}

// record writes samples that stay the same for as long as the program runs into
// a list, to be sent with every scrape.
func (w pageWriter) record(write func(*pageWriter)) []prometheus.Metric {
	var recorded []prometheus.Metric
	w.send = func(metric prometheus.Metric) { recorded = append(recorded, metric) }
	write(&w)
	return recorded
}
