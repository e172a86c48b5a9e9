package pages

import (
	"slices"

	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/grafana/panels"
)

// scorecard is the committee's page: a row for each indicator, red first.
func scorecard(c *definition.Catalogue) *panels.Board {
	board := panels.NewBoard(c, panels.Managers, "Committee", "scorecard", "childrens-scorecard", "Scorecard",
		"Every headline indicator: four quarters, now, target, status, direction, neighbours, region, England and commentary; off target first.")
	board.Tagged(panels.TagCommittee)
	board.Links()
	board.Between("now-1y", "now")
	board.Freshness(panels.Place{X: 0, Y: 0, W: 24, H: 2})
	board.Counts(10, panels.Place{X: 0, Y: 2, W: 24, H: 3})
	columns := slices.Concat(panels.TitleCells(), []panels.Cells{panels.StatusCells(), panels.MeetingCells()}, panels.QuarterCells(), []panels.Cells{
		panels.NowCells(), panels.TargetCells(), panels.DirectionCells(), panels.NeighboursCells(), panels.RegionCells(), panels.EnglandCells(), panels.CommentaryCells()})
	board.Indicators(20, panels.Place{X: 0, Y: 5, W: 24, H: 60}, "Every headline indicator, off target first",
		"The status is the one now; quarters are worked out anew today, so that what was recorded late is in. Neighbours are the mean of the statistical neighbours. Click a title for its definition.",
		"/d/childrens-benchmarks?${__url_time_range}", panels.WithValues, columns...)
	return board
}
