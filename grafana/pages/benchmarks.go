package pages

import (
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/grafana/panels"
)

// benchmarks compares the authority with its neighbours, its region and England.
func benchmarks(c *definition.Catalogue) *panels.Dashboard {
	dashboard := panels.NewDashboard(c, panels.Page{
		Source: panels.Managers, Folder: "Committee", File: "benchmarks", UID: "childrens-benchmarks", Title: "Benchmarks",
		Description: "The authority beside each statistical neighbour, its region and England, ranked, for any indicator that has a national figure.",
	})
	dashboard.Tags(panels.TagCommittee)
	dashboard.Links()
	dashboard.TimeRange("now-1y", "now")
	dashboard.IndicatorVariable("childrens_indicator_info and on (indicator) childrens_benchmark", "childrens_cp_plans_repeat_ratio")
	dashboard.FreshnessBanner(panels.GridPos{X: 0, Y: 0, W: 24, H: 2})
	dashboard.BenchmarkRanking(10, panels.GridPos{X: 0, Y: 2, W: 14, H: 22})
	dashboard.BenchmarkTable(20, panels.GridPos{X: 14, Y: 2, W: 10, H: 22})
	return dashboard
}
