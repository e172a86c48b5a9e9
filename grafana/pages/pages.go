// Package pages holds the dashboards, one to a file.
package pages

import (
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/grafana/panels"
)

// All lists every dashboard that is provisioned.
func All(c *definition.Catalogue) []*panels.Dashboard {
	var all []*panels.Dashboard
	for _, w := range wallboards() {
		all = append(all, wallboardPage(c, w))
	}
	all = append(all, managerMorning(c), scorecard(c), benchmarks(c))
	for i, t := range topics(c) {
		if len(existing(c, t.Tiles)) == 0 {
			continue
		}
		all = append(all, topicPage(c, i+1, t))
	}
	return append(all, definitionsPage(c), dataQuality(c), exporterPage(c))
}
