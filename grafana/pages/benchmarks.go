package pages

import (
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/grafana/panels"
)

// benchmarks compares the authority with its neighbours, its region and England.
func benchmarks(c *definition.Catalogue) *panels.Board {
	board := panels.NewBoard(c, panels.Managers, "Committee", "benchmarks", "childrens-benchmarks", "Benchmarks",
		"The authority beside each statistical neighbour, its region and England, ranked, for any indicator that has a national figure.")
	board.Tagged(panels.TagCommittee)
	board.Links()
	board.Between("now-1y", "now")
	board.IndicatorPicker("childrens_indicator_info and on (indicator) childrens_benchmark", "childrens_cp_plans_repeat_ratio")
	board.Freshness(panels.Place{X: 0, Y: 0, W: 24, H: 2})
	board.Ranked(10, panels.Place{X: 0, Y: 2, W: 14, H: 22})
	board.Figures(20, panels.Place{X: 14, Y: 2, W: 10, H: 22})
	return board
}
