package pages

import (
	"fmt"

	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/grafana/panels"
)

// managerMorning is what a team manager looks at before the day begins: what is
// overdue, what falls due, what was not written down in time, who carries too
// much, and whether it gets better.
func managerMorning(c *definition.Catalogue) *panels.Dashboard {
	dashboard := panels.NewDashboard(c, panels.Page{
		Source: panels.Managers, Folder: "Managers", File: "morning", UID: "childrens-manager-morning", Title: "Team manager's morning",
		Description: "What is overdue, what falls due and who carries too much, for one team or the whole authority, live.",
	})
	dashboard.Tags(panels.TagManager)
	dashboard.Links()
	dashboard.TimeRange("now-28d", "now")
	dashboard.TeamVariable()
	dashboard.FreshnessBanner(panels.GridPos{X: 0, Y: 0, W: 24, H: 2})
	for i, kind := range []struct{ short, title string }{
		{"cp", "Child protection visits"}, {"cla", "Visits to children looked after"}, {"cin", "Visits to children in need"},
	} {
		dashboard.Worklists(uint32(10+i), panels.GridPos{X: uint32(i) * 8, Y: 2, W: 8, H: 4}, kind.title,
			panels.Worklist{Indicator: fmt.Sprintf("childrens_%s_visits_due", kind.short), Label: "due", Groups: dueGroups()},
			panels.Worklist{Indicator: fmt.Sprintf("childrens_%s_visits_recorded_late", kind.short), Groups: []panels.WorklistGroup{{Caption: "Noted late"}}})
	}
	dashboard.Worklists(13, panels.GridPos{X: 0, Y: 6, W: 8, H: 4}, "Open assessments, by working day",
		panels.Worklist{Indicator: "childrens_assessments_open", Label: "band", Groups: []panels.WorklistGroup{
			{Value: "over 45", Caption: "Past day 45", Overdue: true}, {Value: "40 to 45", Caption: "Day 40 to 45"}, {Value: "35 to 39", Caption: "Day 35 to 39"},
		}})
	dashboard.Worklists(14, panels.GridPos{X: 8, Y: 6, W: 8, H: 4}, "Reviews",
		panels.Worklist{Indicator: "childrens_cp_reviews_due", Label: "due", Groups: []panels.WorklistGroup{
			{Value: "overdue", Caption: "Plan: overdue", Overdue: true}, {Value: "next_7", Caption: "Plan: in 7 days"}}},
		panels.Worklist{Indicator: "childrens_cla_reviews_due", Label: "due", Groups: []panels.WorklistGroup{
			{Value: "overdue", Caption: "Care: overdue", Overdue: true}, {Value: "next_7", Caption: "Care: in 7 days"}}})
	dashboard.Worklists(15, panels.GridPos{X: 16, Y: 6, W: 8, H: 4}, "Supervision of workers",
		panels.Worklist{Indicator: "childrens_supervision_due", Label: "due", Groups: dueGroups()})
	for i, number := range []panels.TeamStat{
		{ID: 20, Indicator: "childrens_caseload_mean"},
		{ID: 21, Indicator: "childrens_caseload_max"},
		{ID: 22, Indicator: "childrens_caseload_over_limit_workers"},
	} {
		dashboard.TeamStat(panels.GridPos{X: uint32(i) * 8, Y: 10, W: 8, H: 3}, number)
	}
	dashboard.CaseloadChart(30, panels.GridPos{X: 0, Y: 13, W: 10, H: 9}, "Cases of each worker (line: limit)", "childrens_caseload_by_worker", "childrens_caseload_max")
	dashboard.Trend(31, panels.GridPos{X: 10, Y: 13, W: 14, H: 9}, "Visits on time (dashed: target)",
		"Share of children whose latest visit lies within its limit, day by day. Law: for child protection and children in need local procedure sets the limit; "+
			"for children looked after the Care Planning, Placement and Case Review Regulations 2010, regulation 28.",
		"28d", []panels.TrendLine{
			{Indicator: "childrens_cp_visits_on_time_ratio", Name: "Child protection", Colour: panels.Blue},
			{Indicator: "childrens_cla_visits_on_time_ratio", Name: "Looked after", Colour: panels.Amber},
			{Indicator: "childrens_cin_visits_on_time_ratio", Name: "In need", Colour: panels.Green},
		})
	dashboard.Text(40, panels.GridPos{X: 0, Y: 22, W: 24, H: 4}, "The children behind a number",
		"How someone who may see them lists the children that a number counts.", recordsHelp)
	return dashboard
}

func dueGroups() []panels.WorklistGroup {
	return []panels.WorklistGroup{
		{Value: "overdue", Caption: "Overdue", Overdue: true}, {Value: "today", Caption: "Today"}, {Value: "next_7", Caption: "In 7 days"},
	}
}

// recordsHelp explains how to come from a number to the children. No screen names them.
const recordsHelp = `<p>No screen names a child. Someone who may see the records lists them at a terminal:
<code>childrens-services-exporter records childrens_cp_visits_overdue -team NAME</code></p>
<p>Also for <code>childrens_cp_visits_due</code>, <code>childrens_cp_visits_recorded_late</code>, the same of <code>cla</code> and <code>cin</code>,
<code>childrens_assessments_open</code>, <code>childrens_cp_reviews_due</code> and <code>childrens_cla_reviews_due</code>;
without <code>-team</code> for the whole authority.</p>`
