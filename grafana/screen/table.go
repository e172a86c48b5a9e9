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
	query *prometheus.DataqueryBuilder
	// field is the name of the column that the query gives.
	field string
	// statuses is true where numbers are the three statuses.
	statuses bool
	spark    bool
}

// The columns a scorecard may have. A text column holds what is said, with its unit.
func worded(ref, name string, width float64, expression string) Cells {
	return Cells{Name: name, Width: width, field: ref, query: column(ref, expression)}
}

// TitleCells names each indicator of a selector of childrens_indicator_info.
func TitleCells(selector string) []Cells {
	return []Cells{
		{Name: "Ref", Width: 50, field: "reference"},
		{Name: "Indicator", Width: 0, field: "title", query: column("Title", "group by (indicator, reference, title) ("+selector+")")},
	}
}

// NowCells is the value at the headline window.
func NowCells() Cells {
	return worded("now", "Now", 80, told(scored("childrens_indicator_value"), "now"))
}

// NowWithPartsCells is the value at the headline window, with n of N of a ratio.
func NowWithPartsCells() Cells {
	value := told(scored("childrens_indicator_value"), "share")
	parts := toldParts(scored("childrens_indicator_numerator"), scored("childrens_indicator_denominator"), "counts")
	return worded("now", "Now", 210, fmt.Sprintf("group by (indicator, now) (\nlabel_join(%s * on (indicator) group_left (counts) %s, \"now\", \" · \", \"share\", \"counts\")\n"+
		"or on (indicator)\nlabel_replace(%s, \"now\", \"$1\", \"share\", \"(.*)\")\n)", value, parts, value))
}

// StatusCells is the judgement, in colour, shape and word.
func StatusCells() Cells {
	return Cells{Name: "Status", Width: 118, field: "Value #Status", statuses: true, query: column("Status", judgedOrNot())}
}

// judgedOrNot is the judgement of each indicator, and -1 where it has a value and no judgement, so that a table can
// be sorted by it.
func judgedOrNot() string {
	return scored("childrens_indicator_rag") + " or on (indicator) (0 * " + scored("childrens_indicator_value") + " - 1)"
}

// TargetCells is the target.
func TargetCells() Cells {
	return worded("target", "Target", 70, told(scored("childrens_indicator_target"), "target"))
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

// QuarterCells are closed quarters, the oldest first.
func QuarterCells(oldest int) []Cells {
	var all []Cells
	for back := oldest; back >= 1; back-- {
		name := fmt.Sprintf("%d back", back)
		if back == 1 {
			name = "Quarter"
		}
		ref := fmt.Sprintf("quarter%d", back)
		all = append(all, worded(ref, name, 84, told(quarter(back), ref)))
	}
	return all
}

// DirectionCells says where the last closed quarter went from the one before.
func DirectionCells() Cells {
	return worded("direction", "Direction", 82, moved(quarter(1), quarter(2), "direction"))
}

// BenchmarkCells is the value of an area type.
func BenchmarkCells(ref, name, areaType string) Cells {
	return worded(ref, name, 88, told(fmt.Sprintf("avg by (indicator) (childrens_benchmark{area_type=%q})", areaType), ref))
}

// TrendCells is a small line of the last year of each indicator's own family.
func TrendCells(indicators []*catalogue.Indicator) Cells {
	return Cells{Name: "Last 12 months", Width: 190, field: "Trend #Trend", spark: true,
		query: overDays(namedOverTime(indicators), "{{indicator}}", 0).RefId("Trend")}
}

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

// Indicators adds a table with a row for each indicator, the worst status first.
func (b *Board) Indicators(id uint32, place Place, title, about, link string, columns ...Cells) {
	panel := table.NewPanelBuilder().Id(id).GridPos(place.grid()).Datasource(b.Source.ref()).
		Title(title).Description(about).NoValue("–").Unit("none").Decimals(0).
		ColorScheme(fixed(Blue)).Thresholds(plain(Tint(Grey))).
		ShowHeader(true).CellHeight(common.TableCellHeightSm).Filterable(false)
	order, renamed := map[string]int{}, map[string]string{}
	excluded := map[string]bool{"indicator": link == ""}
	sparks := false
	for i, one := range columns {
		order[one.field], renamed[one.field] = i, one.Name
		properties := []dashboard.DynamicConfigValue{}
		if one.Width > 0 {
			properties = append(properties, dashboard.DynamicConfigValue{Id: "custom.width", Value: one.Width})
		} else {
			properties = append(properties, dashboard.DynamicConfigValue{Id: "custom.minWidth", Value: 330})
		}
		switch {
		case one.statuses:
			properties = append(properties, statusMappings()...)
		case one.spark:
			sparks = true
			properties = append(properties, dashboard.DynamicConfigValue{Id: "custom.cellOptions", Value: map[string]any{
				"type": "sparkline", "hideValue": true, "lineWidth": 2, "drawStyle": "line", "fillOpacity": 0}})
		case one.field == "title" && link != "":
			properties = append(properties, dashboard.DynamicConfigValue{Id: "links", Value: []any{map[string]any{
				"title": "Look closer", "url": link + "&var-indicator=${__data.fields.indicator}"}}})
		}
		panel.OverrideByName(one.Name, properties)
		if one.query == nil {
			continue
		}
		panel.WithTarget(one.query)
	}
	panel.OverrideByName("indicator", []dashboard.DynamicConfigValue{{Id: "custom.hidden", Value: true}, {Id: "custom.hideFrom", Value: map[string]bool{"viz": true}}})
	for i := range len(columns) + 1 {
		suffix := ""
		if i > 0 {
			suffix = fmt.Sprintf(" %d", i)
		}
		excluded["Time"+suffix] = true
	}
	for _, one := range columns {
		if one.query != nil && !one.statuses && !one.spark {
			excluded["Value #"+refOf(one)] = true
		}
	}
	var steps []dashboard.DataTransformerConfig
	if sparks {
		steps = append(steps, dashboard.DataTransformerConfig{Id: "timeSeriesTable", Options: map[string]any{
			"Trend": map[string]any{"stat": "lastNotNull", "timeField": "Time"}}})
	}
	b.add(panel.Transformations(append(steps,
		dashboard.DataTransformerConfig{Id: "joinByField", Options: map[string]any{"byField": "indicator", "mode": "outer"}},
		// A value without a title belongs to another page.
		dashboard.DataTransformerConfig{Id: "filterByValue", Options: map[string]any{"type": "include", "match": "all",
			"filters": []any{map[string]any{"fieldName": "title", "config": map[string]any{"id": "isNotNull", "options": map[string]any{}}}}}},
		dashboard.DataTransformerConfig{Id: "organize", Options: map[string]any{"excludeByName": excluded, "indexByName": order, "renameByName": renamed}},
		dashboard.DataTransformerConfig{Id: "sortBy", Options: map[string]any{"sort": []any{map[string]any{"field": "Status", "desc": true}}}})))
}

func refOf(cells Cells) string {
	if cells.field == "title" {
		return "Title"
	}
	return cells.field
}

func statusMappings() []dashboard.DynamicConfigValue {
	options := map[string]any{"-1": map[string]any{"text": "■ Not judged", "color": Tint(Blue), "index": 3}}
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
