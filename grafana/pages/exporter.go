package pages

import (
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/grafana/panels"
)

// exporterPage is for the people who keep it running.
func exporterPage(c *definition.Catalogue) *panels.Dashboard {
	dashboard := panels.NewDashboard(c, panels.Page{
		Source: panels.Managers, Folder: "Operations", File: "exporter", UID: "childrens-exporter", Title: "Exporter",
		Description: "Whether sources are read, how long each cohort takes and how much it gives.",
	})
	dashboard.Tags(panels.TagOperation)
	dashboard.Links()
	dashboard.TimeRange("now-24h", "now")
	dashboard.FreshnessBanner(panels.GridPos{X: 0, Y: 0, W: 24, H: 2})
	dashboard.QueryTable(10, panels.GridPos{X: 0, Y: 2, W: 8, H: 7}, panels.QueryTable{
		Title: "Sources", Description: "Whether the last collection could read each source.", NoValue: "no source",
		Expression: "max by (source) (childrens_exporter_up)",
		Columns:    [][2]string{{"source", "Source"}, {"Value", "Read"}}, YesNo: true,
	})
	dashboard.QueryTable(11, panels.GridPos{X: 8, Y: 2, W: 8, H: 7}, panels.QueryTable{
		Title: "Held by a guard", Description: "Why new readings are kept back; childrens-services-exporter collect -accept believes them.", NoValue: "✓ nothing is held",
		Expression: "group by (source, reason) (childrens_exporter_guard_held == 1)",
		Columns:    [][2]string{{"source", "Source"}, {"reason", "Reason"}}, HideValue: true,
	})
	dashboard.QueryTable(12, panels.GridPos{X: 16, Y: 2, W: 8, H: 7}, panels.QueryTable{
		Title: "Version", Description: "The version that runs, the commit it was built from and the version of Go.", NoValue: "no exporter",
		Expression: `group by (version, revision, goversion) (label_replace(childrens_exporter_build_info, "revision", "$1", "revision", "(.{10}).*"))`,
		Columns:    [][2]string{{"version", "Version"}, {"revision", "Revision"}, {"goversion", "Go"}}, HideValue: true,
	})
	dashboard.QueryTable(13, panels.GridPos{X: 0, Y: 9, W: 12, H: 16}, panels.QueryTable{
		Title: "Cohorts, the slowest first", Description: "How long each cohort's last evaluation took.", NoValue: "no cohort was read",
		Expression: "sort_desc(max by (cohort) (childrens_exporter_cohort_duration_seconds))",
		Columns:    [][2]string{{"cohort", "Cohort"}, {"Value", "Took"}}, Unit: "s", Decimals: 2,
	})
	dashboard.QueryTable(14, panels.GridPos{X: 12, Y: 9, W: 12, H: 8}, panels.QueryTable{
		Title: "Cohorts that failed", Description: "Cohorts whose last evaluation failed; the landing page and the log say why.", NoValue: "✓ none failed",
		Expression: "max by (cohort) (childrens_exporter_cohort_success == 0)",
		Columns:    [][2]string{{"cohort", "Cohort"}}, HideValue: true,
	})
	dashboard.QueryTrend(15, panels.GridPos{X: 12, Y: 17, W: 12, H: 8}, panels.QueryTrend{
		Title: "Time to collect", Description: "All cohorts' last evaluations together.", Unit: "s",
		Record: "authority:childrens_exporter_cohort_duration_seconds:sum", Expression: "sum(childrens_exporter_cohort_duration_seconds)", Legend: "all cohorts",
	})
	return dashboard
}
