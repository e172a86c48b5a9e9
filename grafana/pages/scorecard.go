package pages

import (
	"slices"

	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/grafana/panels"
)

// scorecard is the committee's page: a row for each indicator, red first.
func scorecard(c *definition.Catalogue) *panels.Dashboard {
	dashboard := panels.NewDashboard(c, panels.Page{
		Source: panels.Managers, Folder: "Committee", File: "scorecard", UID: "childrens-scorecard", Title: "Scorecard",
		Description: "Every headline indicator: four quarters, now, target, status, direction, neighbours, region, England and commentary; off target first.",
	})
	dashboard.Tags(panels.TagCommittee)
	dashboard.Links()
	dashboard.TimeRange("now-1y", "now")
	dashboard.FreshnessBanner(panels.GridPos{X: 0, Y: 0, W: 24, H: 2})
	dashboard.StatusCounts(10, panels.GridPos{X: 0, Y: 2, W: 24, H: 3})
	columns := slices.Concat(panels.TitleColumns(), []panels.Column{panels.StatusColumn(), panels.LastMeetingColumn()}, panels.QuarterColumns(), []panels.Column{
		panels.NowColumn(), panels.TargetColumn(), panels.DirectionColumn(), panels.NeighboursColumn(), panels.RegionColumn(), panels.EnglandColumn(), panels.CommentaryColumn()})
	dashboard.IndicatorTable(20, panels.GridPos{X: 0, Y: 5, W: 24, H: 60}, "Every headline indicator, off target first",
		"The status is the one now; quarters are worked out anew today, so that what was recorded late is in. Neighbours are the mean of the statistical neighbours. Click a title for its definition.",
		"/d/childrens-benchmarks?${__url_time_range}", panels.HasValue, columns...)
	return dashboard
}
