package panels

import (
	"fmt"
	"strings"
)

// quartersShown is how many closed quarters a row holds.
const quartersShown = 4

// What stands in a row for a judgement where there is none.
const notJudged, noValue = "-1", "-2"

// WithValues leaves out what has neither a value nor a judgement: companions stand beside what they belong to.
const WithValues = " > " + noValue

// rowLabels are what a row says of an indicator, each in words.
func rowLabels() []string {
	labels := []string{"indicator", "reference", "title", "topic"}
	for _, one := range sayings() {
		labels = append(labels, one.label)
	}
	return labels
}

// saying is one column of a row: a label and the expression whose series carry it.
type saying struct{ label, expression string }

func sayings() []saying {
	value := scored("childrens_indicator_value")
	all := []saying{
		{"now", told(value, "now")},
		{"counted", counted(value)},
		{"target", told(scored("childrens_indicator_target"), "target")},
		{"direction", moved(quarter(1), quarter(2), "direction")},
		{"meeting", fmt.Sprintf("count_values by (indicator) (\"meeting\", %s)", scored("childrens_indicator_last_meeting_rag"))},
		{"commentary", commentary()},
	}
	for _, one := range [][2]string{{"neighbours", "statistical_neighbour_mean"}, {"region", "region"}, {"england", "england"}} {
		all = append(all, saying{one[0], told(likened(fmt.Sprintf("avg by (indicator) (childrens_benchmark{area_type=%q})", one[1])), one[0])})
	}
	for back := 1; back <= quartersShown; back++ {
		label := fmt.Sprintf("quarter%d", back)
		all = append(all, saying{label, told(quarter(back), label)})
	}
	return all
}

// row is all that a table says of an indicator as labels of one series, whose value is the judgement.
func row() string {
	const info = "childrens_indicator_info"
	value := scored("childrens_indicator_value")
	parts := []string{
		fmt.Sprintf("(%s\nor on (indicator) (0 * %s %s)\nor on (indicator) (0 * %s %s))",
			scored("childrens_indicator_rag"), value, notJudged, scored(info), noValue),
		joined("reference, title, topic", "group by (indicator, reference, title, topic) ("+info+")"),
	}
	for _, column := range sayings() {
		nothing := with("group by (indicator) ("+info+")", column.label, noAnswer)
		parts = append(parts, joined(column.label, fmt.Sprintf("(%s\nor on (indicator) %s)", column.expression, nothing)))
	}
	return strings.Join(parts, "\n* on (indicator) ")
}

// joined joins by the labels of at most one series of each indicator, since a second would leave every row empty.
func joined(labels, expression string) string {
	return fmt.Sprintf("group_left (%s) topk by (indicator) (1, %s)", labels, expression)
}

// counted is the value with n of N of a ratio.
func counted(value string) string {
	share := told(value, "share")
	parts := toldParts(scored("childrens_indicator_numerator"), scored("childrens_indicator_denominator"), "counts")
	return fmt.Sprintf("group by (indicator, counted) (\nlabel_join(%s * on (indicator) group_left (counts) %s, \"counted\", \" · \", \"share\", \"counts\")\n"+
		"or on (indicator)\nlabel_replace(%s, \"counted\", \"$1\", \"share\", \"(.*)\")\n)", share, parts, share)
}

// commentary is what the service says, or that it has not said anything where it must.
func commentary() string {
	return "group by (indicator, commentary) (\n" +
		"label_replace(childrens_commentary_info, \"commentary\", \"$1\", \"text\", \"(.*)\")\n" +
		"or on (indicator)\n" + with("childrens_commentary_missing == 1", "commentary", "▼ commentary missing") + "\n)"
}
