package pages

import (
	"slices"

	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/grafana/panels"
)

// wallboard is one screen of a committee room: at most nine tiles, on public figures alone.
type wallboard struct {
	Title, File, About string
	Tiles              []panels.Tile
}

// wallboards lists the wallboards in the order in which a rotation shows them.
func wallboards() []wallboard {
	const per10k = "Per 10,000"
	return []wallboard{
		{
			Title: "Whole service", File: "whole-service",
			About: "Nine numbers for everyone to see, at authority level, as at the last closed period, after disclosure control.",
			Tiles: []panels.Tile{
				{Indicator: "childrens_cp_plans_open", Beside: "childrens_cp_plans_open_per_10k", BesideCaption: per10k},
				{Indicator: "childrens_cp_visits_on_time_ratio"},
				{Indicator: "childrens_icpc_on_time_ratio", Title: "First conferences within 15 working days"},
				{Indicator: "childrens_assessments_on_time_ratio", Title: "Assessments within 45 working days"},
				{Indicator: "childrens_cla_open", Beside: "childrens_cla_open_per_10k", BesideCaption: per10k},
				{Indicator: "childrens_cla_visits_on_time_ratio", Title: "Visits to looked-after children on time"},
				{Indicator: "childrens_ehcp_issued_on_time_ratio", Title: "EHC plans issued within 20 weeks"},
				{Indicator: "childrens_ehe_children", Title: "Children educated at home", Beside: "childrens_ehe_per_pupil_ratio", BesideCaption: "Of age group"},
				{Indicator: "childrens_caseload_mean", Title: "Cases per social worker"},
			},
		},
		{
			Title: "Front door and early help", File: "front-door",
			About: "Contacts, referrals, assessments and early help, as at the last closed period, after disclosure control.",
			Tiles: []panels.Tile{
				{Indicator: "childrens_contacts"},
				{Indicator: "childrens_referrals", Beside: "childrens_referrals_per_10k", BesideCaption: per10k},
				{Indicator: "childrens_referrals_repeat_ratio", Title: "Referred again within 12 months"},
				{Indicator: "childrens_assessments_completed"},
				{Indicator: "childrens_assessments_on_time_ratio", Title: "Assessments within 45 working days"},
				{Indicator: "childrens_s47_started", Beside: "childrens_s47_started_per_10k", BesideCaption: per10k},
				{Indicator: "childrens_earlyhelp_open", Title: "Children with early help"},
				{Indicator: "childrens_earlyhelp_started", Title: "Early help started"},
				{Indicator: "childrens_earlyhelp_closed_disengaged_ratio", Title: "Early help ended by disengagement"},
			},
		},
		{
			Title: "Child protection", File: "child-protection",
			About: "Children on a child protection plan, their visits and reviews, as at the last closed period, after disclosure control.",
			Tiles: []panels.Tile{
				{Indicator: "childrens_cp_plans_open", Beside: "childrens_cp_plans_open_per_10k", BesideCaption: per10k},
				{Indicator: "childrens_cp_visits_on_time_ratio"},
				{Indicator: "childrens_cp_reviews_on_time_ratio"},
				{Indicator: "childrens_icpc_on_time_ratio", Title: "First conferences within 15 working days"},
				{Indicator: "childrens_cp_plans_repeat_ratio", Title: "Plans for a second time or more"},
				{Indicator: "childrens_cp_plans_open_long_ratio", Title: "Plans open two years or more"},
				{Indicator: "childrens_cp_plans_started", Title: "Plans started"},
				{Indicator: "childrens_cp_plans_ended", Title: "Plans ended"},
				{Indicator: "childrens_cin_open", Beside: "childrens_cin_open_per_10k", BesideCaption: per10k},
			},
		},
		{
			Title: "Looked after and care leavers", File: "looked-after",
			About: "Children in care and young people who left it, as at the last closed period, after disclosure control.",
			Tiles: []panels.Tile{
				{Indicator: "childrens_cla_open", Beside: "childrens_cla_open_per_10k", BesideCaption: per10k},
				{Indicator: "childrens_cla_visits_on_time_ratio", Title: "Visits to looked-after children on time"},
				{Indicator: "childrens_cla_reviews_on_time_ratio", Title: "Reviews on time"},
				{Indicator: "childrens_cla_placements_many_ratio", Title: "Three or more placements in a year"},
				{Indicator: "childrens_cla_placement_stable_ratio", Title: "Living in the same placement"},
				{Indicator: "childrens_cla_health_assessed_ratio", Title: "Health assessments up to date"},
				{Indicator: "childrens_careleavers_accommodation_suitable_ratio", Title: "Care leavers in suitable homes"},
				{Indicator: "childrens_careleavers_in_touch_ratio", Title: "Care leavers in touch"},
				{Indicator: "childrens_careleavers_eet_ratio", Title: "Care leavers in work or learning"},
			},
		},
		{
			Title: "Workforce", File: "workforce",
			About: "Social workers and what they carry, as at the last closed period, after disclosure control.",
			Tiles: []panels.Tile{
				{Indicator: "childrens_caseload_mean", Title: "Cases per social worker"},
				{Indicator: "childrens_workforce_fte", Title: "Social workers in post"},
				{Indicator: "childrens_workforce_agency_ratio", Title: "Agency workers"},
				{Indicator: "childrens_workforce_vacancy_ratio", Title: "Vacant posts"},
				{Indicator: "childrens_workforce_turnover_ratio", Title: "Left within 12 months"},
				{Indicator: "childrens_workforce_absence_ratio", Title: "Working time lost to sickness"},
				{Indicator: "childrens_supervision_on_time_ratio", Title: "Supervision on time"},
				{Indicator: "childrens_audit_completed", Title: "Case audits completed"},
			},
		},
		{
			Title: "SEND and EHC plans", File: "send",
			About: "Education, health and care plans, as at the last closed period, after disclosure control.",
			Tiles: []panels.Tile{
				{Indicator: "childrens_ehcp_issued_on_time_ratio", Title: "EHC plans issued within 20 weeks"},
				{Indicator: "childrens_ehcp_open", Title: "EHC plans maintained"},
				{Indicator: "childrens_ehcp_requests", Title: "Requests received"},
				{Indicator: "childrens_ehcp_decision_on_time_ratio", Title: "Decisions within six weeks"},
				{Indicator: "childrens_ehcp_requests_refused_ratio", Title: "Requests refused"},
				{Indicator: "childrens_ehcp_issued", Title: "New plans issued"},
				{Indicator: "childrens_ehcp_assessments_overdue", Title: "In progress past 20 weeks"},
				{Indicator: "childrens_ehcp_reviews_on_time_ratio", Title: "Annual reviews on time"},
				{Indicator: "childrens_pupils_with_ehcp_ratio", Title: "Pupils with an EHC plan"},
			},
		},
		{
			Title: "Education", File: "education",
			About: "Attendance, home education, exclusions and schools, as at the last closed period, after disclosure control.",
			Tiles: []panels.Tile{
				{Indicator: "childrens_attendance_absence_ratio", Title: "School sessions missed"},
				{Indicator: "childrens_attendance_persistent_ratio", Title: "Persistently absent pupils"},
				{Indicator: "childrens_attendance_severe_ratio", Title: "Severely absent pupils"},
				{Indicator: "childrens_ehe_children", Title: "Children educated at home", Beside: "childrens_ehe_per_pupil_ratio", BesideCaption: "Of age group"},
				{Indicator: "childrens_cme_children", Title: "Children missing education"},
				{Indicator: "childrens_exclusions_permanent_per_100_pupils", Title: "Excluded per 100 pupils"},
				{Indicator: "childrens_suspensions_per_100_pupils", Title: "Suspensions per 100 pupils"},
				{Indicator: "childrens_post16_neet_or_unknown_ratio", Title: "Aged 16 and 17, NEET or not known"},
				{Indicator: "childrens_pupils", Title: "Pupils on roll"},
			},
		},
	}
}

// wallboardPage is for a screen of 1920 by 1080 in a committee room or on a live stream.
func wallboardPage(c *definition.Catalogue, w wallboard) *panels.Dashboard {
	dashboard := panels.NewDashboard(c, panels.Page{
		Source: panels.Public, Folder: "Wallboards", File: w.File, UID: "childrens-wall-" + w.File, Title: w.Title,
		Description: w.About,
	})
	dashboard.Tags(panels.TagWallboard)
	dashboard.TimeRange("now-6h", "now")
	dashboard.WallHeader(w.Title)
	tiles := slices.DeleteFunc(slices.Clone(w.Tiles), func(t panels.Tile) bool { return len(existing(c, []string{t.Indicator})) == 0 })
	for i, tile := range tiles {
		const width, height, top = 8, 7, 5
		tile.ID = uint32(10 + 10*i)
		tile.Page = chapterOf(c, tile.Indicator).UID()
		dashboard.Tile(panels.GridPos{X: uint32(i%3) * width, Y: top + uint32(i/3)*height, W: width, H: height}, tile)
	}
	return dashboard
}
