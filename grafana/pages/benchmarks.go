package pages

import (
	"childrens-services-exporter/exporter/catalogue"
	"childrens-services-exporter/grafana/screen"
)

// benchmarks compares the authority with its neighbours, its region and England.
func benchmarks(c *catalogue.Catalogue) *screen.Board {
	board := screen.NewBoard(c, screen.Managers, "Committee", "benchmarks", "childrens-benchmarks", "Benchmarks",
		"The authority beside each statistical neighbour, its region and England, ranked, for any indicator that has a national figure.")
	board.Tagged(screen.TagCommittee)
	board.Links()
	board.Between("now-1y", "now")
	board.IndicatorPicker("childrens_indicator_info and on (indicator) childrens_benchmark", "childrens_cp_plans_repeat_ratio")
	board.Freshness(screen.Place{X: 0, Y: 0, W: 24, H: 2})
	board.Ranked(10, screen.Place{X: 0, Y: 2, W: 14, H: 22})
	board.Figures(20, screen.Place{X: 14, Y: 2, W: 10, H: 22})
	return board
}
