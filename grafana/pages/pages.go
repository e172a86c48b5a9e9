// Package pages holds the dashboards, one to a file.
package pages

import (
	"childrens-services-exporter/exporter/catalogue"
	"childrens-services-exporter/grafana/screen"
)

// All lists every dashboard that is provisioned.
func All(c *catalogue.Catalogue) []*screen.Board {
	var all []*screen.Board
	for _, w := range walls() {
		all = append(all, wallboard(c, w))
	}
	all = append(all, morning(c), scorecard(c), benchmarks(c))
	for i, t := range topics(c) {
		if len(known(c, t.Tiles)) == 0 {
			continue
		}
		all = append(all, topicPage(c, i+1, t))
	}
	return append(all, definitionsPage(c), dataQuality(c), exporterPage(c))
}
