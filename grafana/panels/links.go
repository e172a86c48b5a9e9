package panels

import "github.com/grafana/grafana-foundation-sdk/go/dashboard"

// The tags by which dashboards link to each other.
const (
	TagTopic     = "topic"
	TagWallboard = "wallboard"
	TagCommittee = "committee"
	TagOperation = "operation"
	TagManager   = "manager"
)

// Tags adds tags to the dashboard's own.
func (d *Dashboard) Tags(tags ...string) {
	d.builder.Tags(append([]string{"childrens-services"}, tags...))
}

// Links adds links to every other dashboard, with the same time and selection.
func (d *Dashboard) Links() {
	for _, link := range []struct{ title, tag string }{
		{"Topics", TagTopic}, {"Committee", TagCommittee}, {"Wallboards", TagWallboard}, {"Managers", TagManager}, {"Operations", TagOperation},
	} {
		d.builder.Link(dashboard.NewDashboardLinkBuilder(link.title).Type(dashboard.DashboardLinkTypeDashboards).
			Tags([]string{link.tag}).AsDropdown(true).KeepTime(true).IncludeVars(true).Icon("external link").Tooltip(""))
	}
}
