package screen

import (
	"fmt"
	"strings"

	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/prometheus"
	"github.com/grafana/grafana-foundation-sdk/go/table"

	"childrens-services-exporter/exporter/catalogue"
)

// Cells is one column of a table that has a row for each indicator.
type Cells struct {
	// Name is the heading; Width in pixels, 0 for what is left.
	Name  string
	Width float64
	// field is the name of the column that the query gives.
	field string
	// statuses is true where the three statuses stand as numbers.
	statuses bool
	query    *prometheus.DataqueryBuilder
}

// status is the field of the judgement.
const status = "Value"

// TitleCells name each indicator.
func TitleCells() []Cells {
	return []Cells{{Name: "Ref", Width: 50, field: "reference"}, {Name: "Indicator", field: "title"}}
}

// NowCells is the value at the headline window.
func NowCells() Cells { return Cells{Name: "Now", Width: 80, field: "now"} }

// NowWithPartsCells is the value at the headline window, with n of N of a ratio.
func NowWithPartsCells() Cells { return Cells{Name: "Now", Width: 210, field: "counted"} }

// StatusCells is the judgement, in colour, shape and word.
func StatusCells() Cells { return Cells{Name: "Status", Width: 118, field: status, statuses: true} }

// MeetingCells is the status at the last meeting of the committee.
func MeetingCells() Cells {
	return Cells{Name: "Last meeting", Width: 118, field: "meeting", statuses: true}
}

// TargetCells is the target.
func TargetCells() Cells { return Cells{Name: "Target", Width: 70, field: "target"} }

// QuarterCells are closed quarters, the oldest first.
func QuarterCells() []Cells {
	var all []Cells
	for back := quartersShown; back >= 1; back-- {
		name := fmt.Sprintf("%d back", back)
		if back == 1 {
			name = "Quarter"
		}
		all = append(all, Cells{Name: name, Width: 84, field: fmt.Sprintf("quarter%d", back)})
	}
	return all
}

// DirectionCells says where the last closed quarter went from the one before.
func DirectionCells() Cells { return Cells{Name: "Direction", Width: 82, field: "direction"} }

// NeighboursCells is the mean of the statistical neighbours.
func NeighboursCells() Cells { return Cells{Name: "Neighbours", Width: 88, field: "neighbours"} }

// RegionCells is the region's figure.
func RegionCells() Cells { return Cells{Name: "Region", Width: 88, field: "region"} }

// EnglandCells is England's figure.
func EnglandCells() Cells { return Cells{Name: "England", Width: 88, field: "england"} }

// CommentaryCells is what the service says about an indicator, or that it has not said anything where it must.
func CommentaryCells() Cells { return Cells{Name: "Commentary", field: "commentary"} }

// TrendCells is a small line of the last year of each indicator's own family.
func TrendCells(indicators []*catalogue.Indicator) Cells {
	return Cells{Name: "Last 12 months", Width: 190, field: "Trend #Trend",
		query: overDays(namedOverTime(indicators), "{{indicator}}", 0).RefId("Trend")}
}

// periodKinds are the kinds of period that a scorecard may go by, the first that an indicator has: school figures
// have no quarters but terms, the return on EHC plans has calendar years.
func periodKinds() []string { return []string{"quarter", "term", "acyear", "cy"} }

// nthBack is the closed period so many back, of the first kind that each indicator has.
func nthBack(family, indicator string, back int) string {
	var kinds []string
	for _, kind := range periodKinds() {
		kinds = append(kinds, fmt.Sprintf("%s{%skind=%q, back=\"%d\"}", family, indicator, kind, back))
	}
	return "(" + strings.Join(kinds, " or on (indicator) ") + ")"
}

func quarter(back int) string { return scored(nthBack("childrens_indicator_period", "", back)) }

// namedOverTime gives indicators of several families at once, the name of each as a label.
func namedOverTime(indicators []*catalogue.Indicator) string {
	windows := map[string][]string{}
	var order []string
	for _, indicator := range indicators {
		window := headlineWindow(indicator)
		if windows[window] == nil {
			order = append(order, window)
		}
		windows[window] = append(windows[window], indicator.Name)
	}
	var all []string
	for _, window := range order {
		all = append(all, fmt.Sprintf("last_over_time({__name__=~%q, window=%q}[26h])", strings.Join(windows[window], "|"), window))
	}
	return fmt.Sprintf("max by (indicator) (label_replace(\n%s,\n\"indicator\", \"$1\", \"__name__\", \"(.+)\"))", strings.Join(all, "\nor\n"))
}

// Indicators adds a table with a row for each indicator, the worst status first. The rows are those of a selector or a
// comparison behind the family.
func (b *Board) Indicators(id uint32, place Place, title, about, link, rows string, columns ...Cells) {
	panel := table.NewPanelBuilder().Id(id).GridPos(place.grid()).Datasource(b.Source.ref()).
		Title(title).Description(about).NoValue("–").Unit("none").Decimals(0).
		ColorScheme(fixed(Blue)).Thresholds(plain(Tint(Grey))).
		ShowHeader(true).CellHeight(common.TableCellHeightSm).Filterable(false).
		WithTarget(column("Row", b.record(Rule{Record: rowAnswers, Labels: rowLabels(), Expr: row()})+rows))
	order, renamed := map[string]int{}, map[string]string{}
	left := without(append(rowLabels(), "Time", "Time 1", "Time 2")...)
	delete(left, "indicator")
	if link == "" {
		left["indicator"] = true
	}
	var steps []dashboard.DataTransformerConfig
	for i, one := range columns {
		fields := []string{one.field}
		if one.field == status {
			// Where a panel has two queries Grafana adds the name of the query.
			fields = append(fields, status+" #Row")
		}
		for _, field := range fields {
			delete(left, field)
			order[field], renamed[field] = i, one.Name
		}
		panel.OverrideByName(one.Name, one.shown(link))
		if one.query != nil {
			panel.WithTarget(one.query)
			steps = append(steps,
				dashboard.DataTransformerConfig{Id: "timeSeriesTable", Options: map[string]any{"Trend": map[string]any{"stat": "lastNotNull", "timeField": "Time"}}},
				dashboard.DataTransformerConfig{Id: "joinByField", Options: map[string]any{"byField": "indicator", "mode": "outer"}},
				// A line without a title belongs to another page.
				dashboard.DataTransformerConfig{Id: "filterByValue", Options: map[string]any{"type": "include", "match": "all",
					"filters": []any{map[string]any{"fieldName": "title", "config": map[string]any{"id": "isNotNull", "options": map[string]any{}}}}}})
		}
	}
	panel.OverrideByName("indicator", []dashboard.DynamicConfigValue{{Id: "custom.hidden", Value: true}, {Id: "custom.hideFrom", Value: map[string]bool{"viz": true}}})
	b.add(panel.Transformations(append(steps,
		dashboard.DataTransformerConfig{Id: "organize", Options: map[string]any{"excludeByName": left, "indexByName": order, "renameByName": renamed}},
		dashboard.DataTransformerConfig{Id: "sortBy", Options: map[string]any{"sort": []any{map[string]any{"field": "Status", "desc": true}}}})))
}

// shown is how a column looks; a title leads to its page.
func (c Cells) shown(link string) []dashboard.DynamicConfigValue {
	var properties []dashboard.DynamicConfigValue
	if c.Width > 0 {
		properties = append(properties, dashboard.DynamicConfigValue{Id: "custom.width", Value: c.Width})
	} else {
		properties = append(properties, dashboard.DynamicConfigValue{Id: "custom.minWidth", Value: 330})
	}
	switch {
	case c.statuses:
		properties = append(properties, statusMappings()...)
	case c.query != nil:
		properties = append(properties, dashboard.DynamicConfigValue{Id: "custom.cellOptions", Value: map[string]any{
			"type": "sparkline", "hideValue": true, "lineWidth": 2, "drawStyle": "line", "fillOpacity": 0}})
	case c.field == "title" && link != "":
		properties = append(properties, dashboard.DynamicConfigValue{Id: "links", Value: []any{map[string]any{
			"title": "Look closer", "url": link + "&var-indicator=${__data.fields.indicator}"}}})
	}
	return properties
}

func statusMappings() []dashboard.DynamicConfigValue {
	options := map[string]any{
		notJudged: map[string]any{"text": "■ Not judged", "color": Tint(Blue), "index": 3},
		noValue:   map[string]any{"text": noAnswer, "color": "transparent", "index": 4},
	}
	for i, status := range Statuses()[:3] {
		options[status.Key] = map[string]any{"text": status.Words, "color": Tint(status.Colour), "index": i}
	}
	return []dashboard.DynamicConfigValue{
		{Id: "mappings", Value: []any{map[string]any{"type": "value", "options": options}}},
		{Id: "custom.cellOptions", Value: map[string]any{"type": "color-background", "mode": "basic"}},
		{Id: "custom.align", Value: "left"},
		{Id: "color", Value: map[string]string{"mode": "fixed", "fixedColor": "transparent"}},
	}
}
