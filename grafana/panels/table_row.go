package panels

import (
	"fmt"
	"strings"
)

// closedPeriods is how many closed quarters a row holds.
const closedPeriods = 4

// What stands in a row for a status where there is none.
const statusNotRated, statusNoValue = "-1", "-2"

// HasValue leaves out what has neither a value nor a status: supporting indicators stand beside what they belong to.
const HasValue = " > " + statusNoValue

// rowLabelNames are the labels of a row, each a text.
func rowLabelNames() []string {
	labels := []string{"indicator", "reference", "title", "topic"}
	for _, column := range rowColumns() {
		labels = append(labels, column.label)
	}
	return labels
}

// rowColumn is one column of a row: a label and the expression whose series carry it.
type rowColumn struct{ label, expression string }

func rowColumns() []rowColumn {
	value := byIndicator("childrens_indicator_value")
	all := []rowColumn{
		{"now", textLabel(value, "now")},
		{"counted", valueWithCounts(value)},
		{"target", textLabel(byIndicator("childrens_indicator_target"), "target")},
		{"direction", directionLabel(ClosedPeriodValue(1), ClosedPeriodValue(2), "direction")},
		{"meeting", fmt.Sprintf("count_values by (indicator) (\"meeting\", %s)", byIndicator("childrens_indicator_last_meeting_rag"))},
		{"commentary", commentaryLabel()},
	}
	for _, benchmark := range [][2]string{{"neighbours", "statistical_neighbour_mean"}, {"region", "region"}, {"england", "england"}} {
		all = append(all, rowColumn{benchmark[0], textLabel(withoutCounts(fmt.Sprintf("avg by (indicator) (childrens_benchmark{area_type=%q})", benchmark[1])), benchmark[0])})
	}
	for offset := 1; offset <= closedPeriods; offset++ {
		label := fmt.Sprintf("quarter%d", offset)
		all = append(all, rowColumn{label, textLabel(ClosedPeriodValue(offset), label)})
	}
	return all
}

// tableRow is all that a table shows of an indicator as labels of one series, whose value is the status.
func tableRow() string {
	const info = "childrens_indicator_info"
	value := byIndicator("childrens_indicator_value")
	parts := []string{
		fmt.Sprintf("(%s\nor on (indicator) (0 * %s %s)\nor on (indicator) (0 * %s %s))",
			byIndicator("childrens_indicator_rag"), value, statusNotRated, byIndicator(info), statusNoValue),
		joinLabels("reference, title, topic", "group by (indicator, reference, title, topic) ("+info+")"),
	}
	for _, column := range rowColumns() {
		noLabel := withLabel("group by (indicator) ("+info+")", column.label, noValueText)
		parts = append(parts, joinLabels(column.label, fmt.Sprintf("(%s\nor on (indicator) %s)", column.expression, noLabel)))
	}
	return strings.Join(parts, "\n* on (indicator) ")
}

// joinLabels joins by the labels of at most one series of each indicator, since a second would leave every row empty.
func joinLabels(labels, expression string) string {
	return fmt.Sprintf("group_left (%s) topk by (indicator) (1, %s)", labels, expression)
}

// valueWithCounts is the value with n of N of a ratio.
func valueWithCounts(value string) string {
	share := textLabel(value, "share")
	parts := countsLabel(byIndicator("childrens_indicator_numerator"), byIndicator("childrens_indicator_denominator"), "counts")
	return fmt.Sprintf("group by (indicator, counted) (\nlabel_join(%s * on (indicator) group_left (counts) %s, \"counted\", \" · \", \"share\", \"counts\")\n"+
		"or on (indicator)\nlabel_replace(%s, \"counted\", \"$1\", \"share\", \"(.*)\")\n)", share, parts, share)
}

// commentaryLabel is the commentary of the service, or that it is missing where there must be one.
func commentaryLabel() string {
	return "group by (indicator, commentary) (\n" +
		"label_replace(childrens_commentary_info, \"commentary\", \"$1\", \"text\", \"(.*)\")\n" +
		"or on (indicator)\n" + withLabel("childrens_commentary_missing == 1", "commentary", "▼ commentary missing") + "\n)"
}
