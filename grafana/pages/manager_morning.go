package pages

import (
	"childrens-services-exporter/exporter/catalogue"
	"childrens-services-exporter/grafana/screen"
)

// morning is what a team manager looks at before the day begins: what is
// overdue, what falls due, who carries too much, and whether it gets better.
func morning(c *catalogue.Catalogue) *screen.Board {
	board := screen.NewBoard(c, screen.Managers, "Managers", "morning", "childrens-manager-morning", "Team manager's morning",
		"What is overdue, what falls due and who carries too much, for one team or the whole authority, live.")
	board.Between("now-28d", "now")
	board.TeamPicker()
	board.Freshness(screen.Place{X: 0, Y: 0, W: 24, H: 2})
	for i, number := range []screen.Number{
		{ID: 10, Indicator: "childrens_cp_visits_overdue", Title: "Child protection visits overdue"},
		{ID: 11, Indicator: "childrens_cp_visits_due_soon", Title: "Child protection visits due soon"},
		{ID: 12, Indicator: "childrens_cp_visits_on_time_ratio"},
		{ID: 13, Indicator: "childrens_cla_visits_overdue", Title: "Looked-after visits overdue"},
		{ID: 14, Indicator: "childrens_cla_visits_on_time_ratio", Title: "Looked-after visits on time"},
		{ID: 15, Indicator: "childrens_assessments_overdue", JudgedBy: "childrens_assessments_overdue_ratio", Title: "Assessments past day 45"},
		{ID: 16, Indicator: "childrens_caseload_mean"},
		{ID: 17, Indicator: "childrens_caseload_max"},
		{ID: 18, Indicator: "childrens_caseload_over_limit_workers"},
	} {
		board.Number(screen.Place{X: uint32(i%3) * 8, Y: 2 + uint32(i/3)*3, W: 8, H: 3}, number)
	}
	board.Workers(30, screen.Place{X: 0, Y: 11, W: 10, H: 9}, "Cases of each worker (line: limit)", "childrens_caseload_by_worker", "childrens_caseload_max")
	board.Trend(31, screen.Place{X: 10, Y: 11, W: 14, H: 9}, "Visits on time, last four weeks (dashed: target)",
		"Share of children whose latest visit lies within its limit, day by day. Law: for child protection local procedure sets the limit; "+
			"for children looked after the Care Planning, Placement and Case Review Regulations 2010, regulation 28.",
		"28d", []screen.Line{
			{Indicator: "childrens_cp_visits_on_time_ratio", Name: "Child protection visits", Colour: screen.Blue},
			{Indicator: "childrens_cla_visits_on_time_ratio", Name: "Looked-after visits", Colour: screen.Amber},
		})
	board.Text(40, screen.Place{X: 0, Y: 20, W: 24, H: 4}, "The children behind a number",
		"How someone who may see them lists the children that a number counts.", behind)
	return board
}

// behind tells how to come from a number to the children. No screen names them.
const behind = `<p>No screen names a child. Someone who may see the records lists them at a terminal:
<code>childrens-services-exporter records childrens_cp_visits_overdue -team NAME</code></p>
<p>Also for <code>childrens_cp_visits_due_soon</code>, <code>childrens_cla_visits_overdue</code> and <code>childrens_assessments_overdue</code>;
without <code>-team</code> for the whole authority.</p>`
