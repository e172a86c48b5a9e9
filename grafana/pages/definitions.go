package pages

import (
	"fmt"

	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/grafana/panels"
)

// definitionsPage is the handbook on a screen, topic by topic in the fixed order.
func definitionsPage(c *definition.Catalogue) *panels.Dashboard {
	dashboard := panels.NewDashboard(c, panels.Page{
		Source: panels.Managers, Folder: "Committee", File: "definitions", UID: "childrens-definitions", Title: "Definitions",
		Description: "What every indicator counts, by which law or guidance, and against which target.",
	})
	dashboard.Tags(panels.TagCommittee)
	dashboard.Links()
	dashboard.TimeRange("now-6h", "now")
	y := uint32(0)
	for i, t := range topics(c) {
		indicators := t.Indicators(c)
		height := 5 + uint32(len(indicators))*2
		dashboard.Definitions(uint32(10+i), panels.GridPos{X: 0, Y: y, W: 24, H: height}, fmt.Sprintf("%d. %s", i+1, t.Title), indicators)
		y += height
	}
	return dashboard
}
