package pages

import (
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/grafana/panels"
)

// dataQuality shows how far the numbers can be relied on, and what a data team should mend first.
func dataQuality(c *definition.Catalogue) *panels.Dashboard {
	dashboard := panels.NewDashboard(c, panels.Page{
		Source: panels.Managers, Folder: "Operations", File: "data-quality", UID: "childrens-data-quality", Title: "Data quality and freshness",
		Description: "How old the data are, which indicators cannot be worked out and why, and which rows look wrong.",
	})
	dashboard.Tags(panels.TagOperation)
	dashboard.Links()
	dashboard.TimeRange("now-90d", "now")
	dashboard.FreshnessBanner(panels.GridPos{X: 0, Y: 0, W: 24, H: 2})
	dashboard.QueryTable(10, panels.GridPos{X: 0, Y: 2, W: 8, H: 8}, panels.QueryTable{
		Title: "Sources", Description: "The latest event in each source's data, and how long ago it was.", NoValue: "no source",
		Expression: "time() - max by (source) (childrens_exporter_source_data_timestamp_seconds)",
		Columns:    [][2]string{{"source", "Source"}, {"Value", "Latest event, ago"}}, Unit: "dtdurations",
	})
	dashboard.QueryTable(11, panels.GridPos{X: 8, Y: 2, W: 16, H: 8}, panels.QueryTable{
		Title: "Indicators that cannot be worked out, and why", Description: "Each indicator that is not served with the reason; childrens-services-exporter check says more.", NoValue: "✓ every indicator is served",
		Expression: "group by (indicator, reason, title) (childrens_exporter_indicator_unavailable_reason * on (indicator) group_left (title) childrens_indicator_info)",
		Columns:    [][2]string{{"title", "Indicator"}, {"reason", "Reason"}, {"indicator", "Name"}}, HideValue: true,
	})
	dashboard.QueryTable(12, panels.GridPos{X: 0, Y: 10, W: 12, H: 12}, panels.QueryTable{
		Title: "Rows that look wrong", Description: "Rows of the data that a check finds wrong: dated in the future, ended before started, without a parent, with a code that nobody mapped.", NoValue: "✓ no row looks wrong",
		Expression: "sort_desc(max by (source, check) (childrens_data_quality_rows) > 0)",
		Columns:    [][2]string{{"source", "Source"}, {"check", "Check"}, {"Value", "Rows"}},
		Widths:     map[string]float64{"Source": 120, "Rows": 80},
	})
	dashboard.QueryTrend(13, panels.GridPos{X: 12, Y: 10, W: 12, H: 12}, panels.QueryTrend{
		Title: "Rows that look wrong, by day", Description: "The rows that checks find wrong in each source, day by day.",
		Record: "source:childrens_data_quality_rows:sum", Expression: "sum by (source) (childrens_data_quality_rows)", Legend: "{{source}}", Labels: []string{"source"},
	})
	return dashboard
}
