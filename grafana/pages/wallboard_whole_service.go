package pages

import (
	"childrens-services-exporter/exporter/catalogue"
	"childrens-services-exporter/grafana/screen"
)

// wholeService is the wallboard of what members ask about first, for a screen of
// 1920 by 1080 in a committee room or on a live stream.
func wholeService(c *catalogue.Catalogue) *screen.Board {
	board := screen.NewBoard(c, screen.Public, "Wallboards", "whole-service", "childrens-wall-whole-service", "Whole service",
		"Nine numbers for everyone to see, at authority level, as at the last closed period, after disclosure control.")
	board.Between("now-6h", "now")
	board.WallHeader("Whole service")
	for i, tile := range []screen.Tile{
		{ID: 10, Indicator: "childrens_cp_plans_open", Beside: "childrens_cp_plans_open_per_10k", BesideCaption: "Per 10,000"},
		{ID: 20, Indicator: "childrens_cp_visits_on_time_ratio"},
		{ID: 30, Indicator: "childrens_icpc_on_time_ratio", Title: "First conferences within 15 working days"},
		{ID: 40, Indicator: "childrens_assessments_on_time_ratio", Title: "Assessments within 45 working days"},
		{ID: 50, Indicator: "childrens_cla_open", Beside: "childrens_cla_open_per_10k", BesideCaption: "Per 10,000"},
		{ID: 60, Indicator: "childrens_cla_visits_on_time_ratio", Title: "Visits to looked-after children on time"},
		{ID: 70, Indicator: "childrens_ehcp_issued_on_time_ratio", Title: "EHC plans issued within 20 weeks"},
		{ID: 80, Indicator: "childrens_ehe_children", Title: "Children educated at home", Beside: "childrens_ehe_per_pupil_ratio", BesideCaption: "Of age group"},
		{ID: 90, Indicator: "childrens_caseload_mean", Title: "Cases per social worker"},
	} {
		const width, height, top = 8, 7, 5
		place := screen.Place{X: uint32(i%3) * width, Y: top + uint32(i/3)*height, W: width, H: height}
		board.Tile(place, tile)
	}
	return board
}
