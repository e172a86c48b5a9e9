package web

import (
	"github.com/prometheus/client_golang/prometheus"
)

// collectLimits emits the limits that indicators are worked out with, so that a
// screen can draw the line.
func (c *Exporter) collectLimits(emit func(prometheus.Metric)) {
	labels := []string{"indicator", "limit", "unit"}
	for _, indicator := range c.indicators() {
		for _, limit := range indicator.Limits {
			emit(gauge("childrens_indicator_limit", "A limit that an indicator is worked out with, as law, guidance or the council sets it.",
				labels, []string{indicator.Name, limit.Name, limit.Unit}, float64(limit.Value)))
		}
	}
}
