package panels

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/prometheus"

	"childrens-services-exporter/exporter/definition"
)

// DataSource is the fixed uid of a provisioned data source.
type DataSource string

// Wallboards use Public alone: it holds nothing that must not be seen.
const (
	Managers DataSource = "childrens"
	Public   DataSource = "childrens-public"
)

func (d DataSource) ref() common.DataSourceRef {
	return common.DataSourceRef{Type: new("prometheus"), Uid: new(string(d))}
}

// GridPos is where a panel lies on the grid of 24 columns; a row is 38 pixels.
type GridPos struct{ X, Y, W, H uint32 }

func (p GridPos) grid() dashboard.GridPos {
	return dashboard.GridPos{X: p.X, Y: p.Y, W: p.W, H: p.H}
}

// Page describes a dashboard as a whole.
type Page struct {
	// Folder and File are where the dashboard is written, and Folder is the
	// folder it appears in.
	Folder, File string
	Source       DataSource
	// UID never changes: links and bookmarks lead to it.
	UID                string
	Title, Description string
}

// Dashboard is a dashboard being built. JSON gives its first error.
type Dashboard struct {
	Page

	catalogue *definition.Catalogue
	builder   *dashboard.DashboardBuilder
	rules     []Rule
	err       error
}

// NewDashboard begins a dashboard.
func NewDashboard(c *definition.Catalogue, page Page) *Dashboard {
	builder := dashboard.NewDashboardBuilder(page.Title).
		Uid(page.UID).Description(page.Description).Tags([]string{"childrens-services"}).
		Timezone("Europe/London").WeekStart("monday").Refresh("5m").Readonly().
		Tooltip(dashboard.DashboardCursorSyncOff)
	return &Dashboard{Page: page, catalogue: c, builder: builder}
}

// JSON is the dashboard as it is provisioned.
func (d *Dashboard) JSON() ([]byte, error) {
	if d.err != nil {
		return nil, fmt.Errorf("%s/%s: %w", d.Folder, d.File, d.err)
	}
	built, err := d.builder.Build()
	if err != nil {
		return nil, fmt.Errorf("%s/%s: %w", d.Folder, d.File, err)
	}
	text, err := json.MarshalIndent(built, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("%s/%s: %w", d.Folder, d.File, err)
	}
	return append(text, '\n'), nil
}

// TimeRange sets the period that trends cover. The picker is hidden: the rest of a
// page shows now.
func (d *Dashboard) TimeRange(from, to string) {
	d.builder.Time(from, to).Timepicker(dashboard.NewTimePickerBuilder().Hidden(true))
}

// indicator finds a definition; a dashboard on an indicator that does not exist
// is not written.
func (d *Dashboard) indicator(name string) *definition.Indicator {
	indicator, err := d.catalogue.Indicator(name)
	if err != nil {
		if d.err == nil {
			d.err = err
		}
		return &definition.Indicator{Name: name, Cohort: &definition.Cohort{}}
	}
	return indicator
}

func (d *Dashboard) add(panel cog.Builder[dashboard.Panel]) { d.builder.WithPanel(panel) }

// instantQuery is a query for now; stale data vanish from it.
func instantQuery(expression, legend string) *prometheus.DataqueryBuilder {
	return prometheus.NewDataqueryBuilder().Expr(expression).LegendFormat(legend).
		Instant().Format(prometheus.PromQueryFormatTimeSeries).RefId("A")
}

// describe is a definition in one sentence and the law it rests on.
func describe(indicator *definition.Indicator) string {
	text := sentence(indicator.Definition)
	if indicator.Law != "" {
		text += " Law: " + sentence(indicator.Law)
	}
	return text
}

func sentence(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if text != "" && !strings.HasSuffix(text, ".") {
		text += "."
	}
	return text
}
