package panels

import (
	"fmt"
	"strings"

	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/table"

	"childrens-services-exporter/exporter/calendar"
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
}

// status is the field of the judgement.
const status = "Value"

// TitleCells name each indicator.
func TitleCells() []Cells {
	return []Cells{{Name: "Ref", Width: 46, field: "reference"}, {Name: "Indicator", field: "title"}}
}

// NowCells is the value at the headline window.
func NowCells() Cells { return Cells{Name: "Now", Width: 64, field: "now"} }

// NowWithPartsCells is the value at the headline window, with n of N of a ratio.
func NowWithPartsCells() Cells { return Cells{Name: "Now", Width: 210, field: "counted"} }

// StatusCells is the judgement, in colour, shape and word.
func StatusCells() Cells { return Cells{Name: "Status", Width: 112, field: status, statuses: true} }

// MeetingCells is the status at the last meeting of the committee.
func MeetingCells() Cells {
	return Cells{Name: "Last meeting", Width: 112, field: "meeting", statuses: true}
}

// TargetCells is the target.
func TargetCells() Cells { return Cells{Name: "Target", Width: 64, field: "target"} }

// QuarterCells are closed quarters, the oldest first.
func QuarterCells() []Cells {
	var all []Cells
	for back := quartersShown; back >= 1; back-- {
		name := fmt.Sprintf("%d back", back)
		if back == 1 {
			name = "Quarter"
		}
		all = append(all, Cells{Name: name, Width: 66, field: fmt.Sprintf("quarter%d", back)})
	}
	return all
}

// DirectionCells says where the last closed quarter went from the one before.
func DirectionCells() Cells { return Cells{Name: "Direction", Width: 80, field: "direction"} }

// NeighboursCells is the mean of the statistical neighbours.
func NeighboursCells() Cells { return Cells{Name: "Neighbours", Width: 90, field: "neighbours"} }

// RegionCells is the region's figure.
func RegionCells() Cells { return Cells{Name: "Region", Width: 66, field: "region"} }

// EnglandCells is England's figure.
func EnglandCells() Cells { return Cells{Name: "England", Width: 70, field: "england"} }

// CommentaryCells is what the service says about an indicator, or that it has not said anything where it must.
func CommentaryCells() Cells { return Cells{Name: "Commentary", field: "commentary"} }

// periodKinds are the kinds of period that a row of a scorecard may go by, the first that an indicator has: those of
// the report kinds that stand in the place of quarters.
func periodKinds() []calendar.Kind {
	var kinds []calendar.Kind
	for _, report := range calendar.ReportKinds() {
		if !report.BesideQuarters {
			kinds = append(kinds, report.Kind)
		}
	}
	return kinds
}

// firstKind fills each kind into a selector and keeps of each indicator the first that it has.
func firstKind(selector string) string {
	var kinds []string
	for _, kind := range periodKinds() {
		kinds = append(kinds, fmt.Sprintf(selector, kind))
	}
	return "(" + strings.Join(kinds, " or on (indicator) ") + ")"
}

// nthBack is the closed period so many back, of the first kind that each indicator has.
func nthBack(family, indicator string, back int) string {
	return firstKind(fmt.Sprintf("%s{%skind=%%q, back=\"%d\"}", family, indicator, back))
}

func quarter(back int) string { return scored(nthBack("childrens_indicator_period", "", back)) }

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
	for i, one := range columns {
		delete(left, one.field)
		order[one.field], renamed[one.field] = i, one.Name
		panel.OverrideByName(one.Name, one.shown(link))
	}
	panel.OverrideByName("indicator", []dashboard.DynamicConfigValue{{Id: "custom.hidden", Value: true}, {Id: "custom.hideFrom", Value: map[string]bool{"viz": true}}})
	b.add(panel.Transformations([]dashboard.DataTransformerConfig{
		{Id: "organize", Options: map[string]any{"excludeByName": left, "indexByName": order, "renameByName": renamed}},
		{Id: "sortBy", Options: map[string]any{"sort": []any{map[string]any{"field": "Status", "desc": true}}}},
	}))
}

// shown is how a column looks; a title leads to its page.
func (c Cells) shown(link string) []dashboard.DynamicConfigValue {
	var properties []dashboard.DynamicConfigValue
	if c.Width > 0 {
		properties = append(properties, dashboard.DynamicConfigValue{Id: "custom.width", Value: c.Width})
	} else {
		// Words need more than a line: a commentary has up to 1,000 characters.
		properties = append(properties, dashboard.DynamicConfigValue{Id: "custom.minWidth", Value: 300},
			dashboard.DynamicConfigValue{Id: "custom.cellOptions", Value: map[string]any{"type": "auto", "wrapText": true}})
	}
	switch {
	case c.statuses:
		properties = append(properties, statusMappings()...)
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
