package pages

import (
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/grafana/panels"
)

// exporterPage is for the people who keep it running.
func exporterPage(c *definition.Catalogue) *panels.Board {
	board := panels.NewBoard(c, panels.Managers, "Operations", "exporter", "childrens-exporter", "Exporter",
		"Whether sources are read, how long each cohort takes and how much it gives.")
	board.Tagged(panels.TagOperation)
	board.Links()
	board.Between("now-24h", "now")
	board.Freshness(panels.Place{X: 0, Y: 0, W: 24, H: 2})
	board.Listing(10, panels.Place{X: 0, Y: 2, W: 8, H: 7}, panels.Listing{
		Title: "Sources", About: "Whether the last collection could read each source.", None: "no source",
		Expression: "max by (source) (childrens_exporter_up)",
		Columns:    [][2]string{{"source", "Source"}, {"Value", "Read"}}, YesNo: true,
	})
	board.Listing(11, panels.Place{X: 8, Y: 2, W: 8, H: 7}, panels.Listing{
		Title: "Held by a guard", About: "Why new readings are kept back; childrens-services-exporter collect -accept believes them.", None: "✓ nothing is held",
		Expression: "group by (source, reason) (childrens_exporter_guard_held == 1)",
		Columns:    [][2]string{{"source", "Source"}, {"reason", "Reason"}}, HideValue: true,
	})
	board.Listing(12, panels.Place{X: 16, Y: 2, W: 8, H: 7}, panels.Listing{
		Title: "Version", About: "The version that runs.", None: "no exporter",
		Expression: "group by (version) (childrens_exporter_build_info)",
		Columns:    [][2]string{{"version", "Version"}}, HideValue: true,
	})
	board.Listing(13, panels.Place{X: 0, Y: 9, W: 12, H: 16}, panels.Listing{
		Title: "Cohorts, the slowest first", About: "How long each cohort's last evaluation took.", None: "no cohort was read",
		Expression: "sort_desc(max by (cohort) (childrens_exporter_cohort_duration_seconds))",
		Columns:    [][2]string{{"cohort", "Cohort"}, {"Value", "Took"}}, Unit: "s", Decimals: 2,
	})
	board.Listing(14, panels.Place{X: 12, Y: 9, W: 12, H: 8}, panels.Listing{
		Title: "Cohorts that failed", About: "Cohorts whose last evaluation failed; the landing page and the log say why.", None: "✓ none failed",
		Expression: "max by (cohort) (childrens_exporter_cohort_success == 0)",
		Columns:    [][2]string{{"cohort", "Cohort"}}, HideValue: true,
	})
	board.Lines(15, panels.Place{X: 12, Y: 17, W: 12, H: 8}, panels.Lines{
		Title: "Time to collect", About: "All cohorts' last evaluations together.", Unit: "s",
		Record: "childrens:collecting_seconds", Expression: "sum(childrens_exporter_cohort_duration_seconds)", Legend: "all cohorts",
	})
	return board
}
