package pages

import (
	"fmt"
	"slices"
	"strings"

	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/grafana/panels"
)

// topicPage shows one topic: the tiles first, then any of its indicators by quarter, by day and by every
// breakdown, then all of them side by side with their definitions.
func topicPage(c *definition.Catalogue, number int, t topic) *panels.Dashboard {
	title := fmt.Sprintf("%d. %s", number, t.Title)
	dashboard := panels.NewDashboard(c, panels.Page{
		Source: panels.Managers, Folder: "Topics", File: fmt.Sprintf("%02d-%s", number, t.File), UID: t.UID(), Title: title,
		Description: t.Description,
	})
	dashboard.Tags(panels.TagTopic)
	dashboard.Links()
	dashboard.TimeRange("now-2y", "now")
	indicators := t.Indicators(c)
	tiles := existing(c, t.Tiles)
	if len(tiles) == 0 {
		for _, indicator := range indicators[:min(8, len(indicators))] {
			tiles = append(tiles, indicator.Name)
		}
	}
	ofTopics := fmt.Sprintf("{topic=~%q}", strings.Join(t.Topics, "|"))
	dashboard.IndicatorVariable("childrens_indicator_info"+ofTopics, tiles[0])
	dashboard.WindowVariable(tiles[0])
	byTeam := slices.ContainsFunc(indicators, func(i *definition.Indicator) bool {
		return slices.ContainsFunc(i.Breakdowns, func(b definition.Breakdown) bool { return b.By == "team" })
	})
	if byTeam {
		dashboard.TeamVariable()
	}
	dashboard.EventAnnotations()
	dashboard.FreshnessBanner(panels.GridPos{X: 0, Y: 0, W: 24, H: 2})
	for i, name := range tiles {
		dashboard.Headline(panels.GridPos{X: uint32(i%3) * 8, Y: 2 + uint32(i/3)*3, W: 8, H: 3}, uint32(10+i), name, shortTitles()[name], t.UID())
	}
	y := 2 + 3*uint32((len(tiles)+2)/3)
	dashboard.PeriodChart(30, panels.GridPos{X: 0, Y: y, W: 12, H: 9})
	dashboard.History(31, panels.GridPos{X: 12, Y: y, W: 12, H: 9}, panels.History{ByTeam: byTeam})
	y += 9
	dashboard.Breakdowns(32, panels.GridPos{X: 0, Y: y, W: 24, H: 11}, panels.Breakdowns{Indicators: indicators, ByTeam: byTeam})
	y += 11
	var withoutTotals []*definition.Indicator
	for _, indicator := range indicators {
		if indicator.Measure.Kind == definition.Bands || indicator.BreakdownOnly {
			withoutTotals = append(withoutTotals, indicator)
		}
	}
	columns := append(panels.TitleColumns(), panels.QuarterColumns()...)
	columns = append(columns, panels.NowWithCountsColumn(), panels.TargetColumn(), panels.StatusColumn(), panels.DirectionColumn(), panels.EnglandColumn())
	height := 4 + uint32(len(indicators)-len(withoutTotals))
	dashboard.IndicatorTable(40, panels.GridPos{X: 0, Y: y, W: 24, H: height}, "Every indicator of this page",
		"The last four closed quarters of each indicator, its value now against its target, where the last quarter went from the one before, and England. Click a title to look closer.",
		"/d/"+t.UID()+"?${__url_time_range}", excluding(ofTopics, withoutTotals), columns...)
	y += height
	if len(withoutTotals) > 0 {
		dashboard.Distributions(42, panels.GridPos{X: 0, Y: y, W: 24, H: 12}, withoutTotals)
		y += 12
	}
	dashboard.Definitions(41, panels.GridPos{X: 0, Y: y, W: 24, H: 5 + uint32(len(indicators))*2}, "What the indicators mean", indicators)
	return dashboard
}

// excluding leaves out of a selector the indicators that have groups and no total, which are drawn by themselves.
func excluding(selector string, grouped []*definition.Indicator) string {
	if len(grouped) == 0 {
		return selector
	}
	var names []string
	for _, indicator := range grouped {
		names = append(names, indicator.Name)
	}
	return fmt.Sprintf("%s, indicator!~%q}", strings.TrimSuffix(selector, "}"), strings.Join(names, "|"))
}

// shortTitles are titles that fit a tile where the catalogue's own do not.
func shortTitles() map[string]string {
	return map[string]string{
		"childrens_cla_placements_many_ratio":       "Three or more placements in the year",
		"childrens_cla_social_worker_changed_ratio": "More than one social worker in 12 months",
	}
}
