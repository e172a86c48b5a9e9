package pages

import (
	"slices"

	"childrens-services-exporter/exporter/catalogue"
	"childrens-services-exporter/grafana/screen"
)

// scorecard is the committee's page: a row for each indicator, red first.
func scorecard(c *catalogue.Catalogue) *screen.Board {
	board := screen.NewBoard(c, screen.Managers, "Committee", "scorecard", "childrens-scorecard", "Scorecard",
		"Every headline indicator: four quarters, now, target, status, direction, neighbours, region, England and commentary; off target first.")
	board.Tagged(screen.TagCommittee)
	board.Links()
	board.Between("now-1y", "now")
	board.Freshness(screen.Place{X: 0, Y: 0, W: 24, H: 2})
	board.Counts(10, screen.Place{X: 0, Y: 2, W: 24, H: 3})
	columns := slices.Concat(screen.TitleCells(), []screen.Cells{screen.StatusCells(), screen.MeetingCells()}, screen.QuarterCells(), []screen.Cells{
		screen.NowCells(), screen.TargetCells(), screen.DirectionCells(), screen.NeighboursCells(), screen.RegionCells(), screen.EnglandCells(), screen.CommentaryCells()})
	board.Indicators(20, screen.Place{X: 0, Y: 5, W: 24, H: 60}, "Every headline indicator, off target first",
		"The status is the one now; quarters are worked out anew today, so that what was recorded late is in. Neighbours are the mean of the statistical neighbours. Click a title for its definition.",
		"/d/childrens-benchmarks?${__url_time_range}", screen.WithValues, columns...)
	return board
}
