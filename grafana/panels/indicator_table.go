package panels

import (
	"fmt"
	"strings"

	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/table"

	"childrens-services-exporter/exporter/calendar"
)

// Column is one column of a table that has a row for each indicator.
type Column struct {
	// Name is the heading; Width in pixels, 0 for what is left.
	Name  string
	Width float64
	// field is the name of the column that the query gives.
	field string
	// isStatus is true where the three statuses stand as numbers.
	isStatus bool
}

// statusField is the field of the status.
const statusField = "Value"

// TitleColumns name each indicator.
func TitleColumns() []Column {
	return []Column{{Name: "Ref", Width: 46, field: "reference"}, {Name: "Indicator", field: "title"}}
}

// NowColumn is the value at the headline window.
func NowColumn() Column { return Column{Name: "Now", Width: 64, field: "now"} }

// NowWithCountsColumn is the value at the headline window, with n of N of a ratio.
func NowWithCountsColumn() Column { return Column{Name: "Now", Width: 210, field: "counted"} }

// StatusColumn is the status, in colour, shape and word.
func StatusColumn() Column {
	return Column{Name: "Status", Width: 112, field: statusField, isStatus: true}
}

// LastMeetingColumn is the status at the last meeting of the committee.
func LastMeetingColumn() Column {
	return Column{Name: "Last meeting", Width: 112, field: "meeting", isStatus: true}
}

// TargetColumn is the target.
func TargetColumn() Column { return Column{Name: "Target", Width: 64, field: "target"} }

// QuarterColumns are closed quarters, the oldest first.
func QuarterColumns() []Column {
	var all []Column
	for offset := closedPeriods; offset >= 1; offset-- {
		name := fmt.Sprintf("%d back", offset)
		if offset == 1 {
			name = "Quarter"
		}
		all = append(all, Column{Name: name, Width: 66, field: fmt.Sprintf("quarter%d", offset)})
	}
	return all
}

// DirectionColumn is the direction in which the last closed quarter went from the one before.
func DirectionColumn() Column { return Column{Name: "Direction", Width: 80, field: "direction"} }

// NeighboursColumn is the mean of the statistical neighbours.
func NeighboursColumn() Column { return Column{Name: "Neighbours", Width: 90, field: "neighbours"} }

// RegionColumn is the region's figure.
func RegionColumn() Column { return Column{Name: "Region", Width: 66, field: "region"} }

// EnglandColumn is England's figure.
func EnglandColumn() Column { return Column{Name: "England", Width: 70, field: "england"} }

// CommentaryColumn is the commentary of the service on an indicator, or that it is missing where there must be one.
func CommentaryColumn() Column { return Column{Name: "Commentary", field: "commentary"} }

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

// primaryKind fills each kind into a selector and keeps of each indicator its primary kind: the first in which it has a
// value in any period. An indicator without a value in a quarter has none there, rather than that of a year.
func primaryKind(selector string) string {
	var kinds []string
	var earlier strings.Builder
	for _, kind := range periodKinds() {
		kinds = append(kinds, fmt.Sprintf(selector, kind)+earlier.String())
		fmt.Fprintf(&earlier, " unless on (indicator) childrens_indicator_period{window=%q}", kind)
	}
	return "(" + strings.Join(kinds, " or ") + ")"
}

// primaryPeriods are the periods of the primary kind of each indicator.
func primaryPeriods() string { return primaryKind("childrens_indicator_period{window=%q}") }

// ClosedPeriodValue is each indicator's value in the closed period of its primary kind that lies so many back.
func ClosedPeriodValue(offset int) string {
	return byIndicator(primaryKind(fmt.Sprintf("childrens_indicator_period{window=%%q, offset=\"%d\"}", offset)))
}

// IndicatorTable adds a table with a row for each indicator, the worst status first. The rows are those of a selector or a
// comparison behind the family.
func (d *Dashboard) IndicatorTable(id uint32, pos GridPos, title, description, link, rows string, columns ...Column) {
	panel := table.NewPanelBuilder().Id(id).GridPos(pos.grid()).Datasource(d.Source.ref()).
		Title(title).Description(description).NoValue("–").Unit("none").Decimals(0).
		ColorScheme(fixedColour(Blue)).Thresholds(baseThreshold(Tint(Grey))).
		ShowHeader(true).CellHeight(common.TableCellHeightSm).Filterable(false).
		WithTarget(tableQuery("Row", d.addRule(Rule{Record: rowRule, Labels: rowLabelNames(), Expr: tableRow()})+rows))
	indexByName, renameByName := map[string]int{}, map[string]string{}
	excludeByName := excludedFields(append(rowLabelNames(), "Time", "Time 1", "Time 2")...)
	delete(excludeByName, "indicator")
	if link == "" {
		excludeByName["indicator"] = true
	}
	for i, column := range columns {
		delete(excludeByName, column.field)
		indexByName[column.field], renameByName[column.field] = i, column.Name
		panel.OverrideByName(column.Name, column.overrides(link))
	}
	panel.OverrideByName("indicator", []dashboard.DynamicConfigValue{{Id: "custom.hidden", Value: true}, {Id: "custom.hideFrom", Value: map[string]bool{"viz": true}}})
	d.add(panel.Transformations([]dashboard.DataTransformerConfig{
		{Id: "organize", Options: map[string]any{"excludeByName": excludeByName, "indexByName": indexByName, "renameByName": renameByName}},
		{Id: "sortBy", Options: map[string]any{"sort": []any{map[string]any{"field": "Status", "desc": true}}}},
	}))
}

// overrides is how a column looks; a title leads to its page.
func (c Column) overrides(link string) []dashboard.DynamicConfigValue {
	var properties []dashboard.DynamicConfigValue
	if c.Width > 0 {
		properties = append(properties, dashboard.DynamicConfigValue{Id: "custom.width", Value: c.Width})
	} else {
		// Words need more than a line: a commentary has up to 1,000 characters.
		properties = append(properties, dashboard.DynamicConfigValue{Id: "custom.minWidth", Value: 300},
			dashboard.DynamicConfigValue{Id: "custom.cellOptions", Value: map[string]any{"type": "auto", "wrapText": true}})
	}
	switch {
	case c.isStatus:
		properties = append(properties, statusMappings()...)
	case c.field == "title" && link != "":
		properties = append(properties, dashboard.DynamicConfigValue{Id: "links", Value: []any{map[string]any{
			"title": "Look closer", "url": link + "&var-indicator=${__data.fields.indicator}"}}})
	}
	return properties
}

func statusMappings() []dashboard.DynamicConfigValue {
	values := map[string]any{
		statusNotRated: map[string]any{"text": "■ Not rated", "color": Tint(Blue), "index": 3},
		statusNoValue:  map[string]any{"text": noValueText, "color": "transparent", "index": 4},
	}
	for i, status := range Statuses()[:3] {
		values[status.Key] = map[string]any{"text": status.Text, "color": Tint(status.Colour), "index": i}
	}
	return []dashboard.DynamicConfigValue{
		{Id: "mappings", Value: []any{map[string]any{"type": "value", "options": values}}},
		{Id: "custom.cellOptions", Value: map[string]any{"type": "color-background", "mode": "basic"}},
		{Id: "custom.align", Value: "left"},
		{Id: "color", Value: map[string]string{"mode": "fixed", "fixedColor": "transparent"}},
	}
}
