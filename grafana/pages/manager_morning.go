package pages

import (
	"fmt"

	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/grafana/panels"
)

// morning is what a team manager looks at before the day begins: what is
// overdue, what falls due, what was not written down in time, who carries too
// much, and whether it gets better.
func morning(c *definition.Catalogue) *panels.Board {
	board := panels.NewBoard(c, panels.Managers, "Managers", "morning", "childrens-manager-morning", "Team manager's morning",
		"What is overdue, what falls due and who carries too much, for one team or the whole authority, live.")
	board.Tagged(panels.TagManager)
	board.Links()
	board.Between("now-28d", "now")
	board.TeamPicker()
	board.Freshness(panels.Place{X: 0, Y: 0, W: 24, H: 2})
	for i, kind := range []struct{ short, title string }{
		{"cp", "Child protection visits"}, {"cla", "Visits to children looked after"}, {"cin", "Visits to children in need"},
	} {
		board.WorkLists(uint32(10+i), panels.Place{X: uint32(i) * 8, Y: 2, W: 8, H: 4}, kind.title,
			panels.WorkList{Indicator: fmt.Sprintf("childrens_%s_visits_due", kind.short), Label: "due", Groups: due()},
			panels.WorkList{Indicator: fmt.Sprintf("childrens_%s_visits_recorded_late", kind.short), Groups: []panels.Due{{Words: "Noted late"}}})
	}
	board.WorkLists(13, panels.Place{X: 0, Y: 6, W: 8, H: 4}, "Open assessments, by working day",
		panels.WorkList{Indicator: "childrens_assessments_open", Label: "band", Groups: []panels.Due{
			{Group: "over 45", Words: "Past day 45", Late: true}, {Group: "40 to 45", Words: "Day 40 to 45"}, {Group: "35 to 39", Words: "Day 35 to 39"},
		}})
	board.WorkLists(14, panels.Place{X: 8, Y: 6, W: 8, H: 4}, "Reviews",
		panels.WorkList{Indicator: "childrens_cp_reviews_due", Label: "due", Groups: []panels.Due{
			{Group: "overdue", Words: "Plan: overdue", Late: true}, {Group: "next_7", Words: "Plan: in 7 days"}}},
		panels.WorkList{Indicator: "childrens_cla_reviews_due", Label: "due", Groups: []panels.Due{
			{Group: "overdue", Words: "Care: overdue", Late: true}, {Group: "next_7", Words: "Care: in 7 days"}}})
	board.WorkLists(15, panels.Place{X: 16, Y: 6, W: 8, H: 4}, "Supervision of workers",
		panels.WorkList{Indicator: "childrens_supervision_due", Label: "due", Groups: due()})
	for i, number := range []panels.Number{
		{ID: 20, Indicator: "childrens_caseload_mean"},
		{ID: 21, Indicator: "childrens_caseload_max"},
		{ID: 22, Indicator: "childrens_caseload_over_limit_workers"},
	} {
		board.Number(panels.Place{X: uint32(i) * 8, Y: 10, W: 8, H: 3}, number)
	}
	board.Workers(30, panels.Place{X: 0, Y: 13, W: 10, H: 9}, "Cases of each worker (line: limit)", "childrens_caseload_by_worker", "childrens_caseload_max")
	board.Trend(31, panels.Place{X: 10, Y: 13, W: 14, H: 9}, "Visits on time (dashed: target)",
		"Share of children whose latest visit lies within its limit, day by day. Law: for child protection and children in need local procedure sets the limit; "+
			"for children looked after the Care Planning, Placement and Case Review Regulations 2010, regulation 28.",
		"28d", []panels.Line{
			{Indicator: "childrens_cp_visits_on_time_ratio", Name: "Child protection", Colour: panels.Blue},
			{Indicator: "childrens_cla_visits_on_time_ratio", Name: "Looked after", Colour: panels.Amber},
			{Indicator: "childrens_cin_visits_on_time_ratio", Name: "In need", Colour: panels.Green},
		})
	board.Text(40, panels.Place{X: 0, Y: 22, W: 24, H: 4}, "The children behind a number",
		"How someone who may see them lists the children that a number counts.", behind)
	return board
}

func due() []panels.Due {
	return []panels.Due{
		{Group: "overdue", Words: "Overdue", Late: true}, {Group: "today", Words: "Today"}, {Group: "next_7", Words: "In 7 days"},
	}
}

// behind tells how to come from a number to the children. No screen names them.
const behind = `<p>No screen names a child. Someone who may see the records lists them at a terminal:
<code>childrens-services-exporter records childrens_cp_visits_overdue -team NAME</code></p>
<p>Also for <code>childrens_cp_visits_due</code>, <code>childrens_cp_visits_recorded_late</code>, the same of <code>cla</code> and <code>cin</code>,
<code>childrens_assessments_open</code>, <code>childrens_cp_reviews_due</code> and <code>childrens_cla_reviews_due</code>;
without <code>-team</code> for the whole authority.</p>`
