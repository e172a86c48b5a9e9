package pages

import (
	"slices"

	"childrens-services-exporter/exporter/catalogue"
	"childrens-services-exporter/grafana/screen"
)

// everyHeadline are the indicators that a committee goes through: companions stand beside what they belong to.
const everyHeadline = `childrens_indicator_info and on (indicator) (childrens_indicator_rag or on (indicator) childrens_indicator_value)`

// scorecard is the committee's page: a row for each indicator, red first.
func scorecard(c *catalogue.Catalogue) *screen.Board {
	board := screen.NewBoard(c, screen.Managers, "Committee", "scorecard", "childrens-scorecard", "Scorecard",
		"Every headline indicator: four quarters, now, target, status, direction, neighbours, region, England and commentary; off target first.")
	board.Tagged(screen.TagCommittee)
	board.Links()
	board.Between("now-1y", "now")
	board.Freshness(screen.Place{X: 0, Y: 0, W: 24, H: 2})
	board.Counts(10, screen.Place{X: 0, Y: 2, W: 24, H: 3})
	columns := slices.Concat(screen.TitleCells(everyHeadline), []screen.Cells{screen.StatusCells(), screen.MeetingCells()},
		screen.QuarterCells(4), []screen.Cells{
			screen.NowCells(), screen.TargetCells(), screen.DirectionCells(),
			screen.BenchmarkCells("neighbours", "Neighbours", "statistical_neighbour_mean"),
			screen.BenchmarkCells("area_region", "Region", "region"),
			screen.BenchmarkCells("england", "England", "england"),
			screen.CommentaryCells(),
		})
	board.Indicators(20, screen.Place{X: 0, Y: 5, W: 24, H: 40}, "Every headline indicator, off target first",
		"The status is the one now; quarters are worked out anew today, so that what was recorded late is in. Neighbours are the mean of the statistical neighbours. Click a title for its definition.",
		"/d/childrens-benchmarks?${__url_time_range}", columns...)
	return board
}
