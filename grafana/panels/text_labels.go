package panels

import (
	"fmt"
	"strings"
)

// textLabel is the value of a family for each indicator as text in the label column: per cent, days or a plain number,
// by its unit, since one column of a table holds indicators of every unit.
func textLabel(expression, column string) string {
	const info = "childrens_indicator_info"
	format := func(scaled, unit, step, template string) string {
		number := fmt.Sprintf("count_values by (indicator) (\"text\", round((%s) and on (indicator) %s{unit%s}, %s))", scaled, info, unit, step)
		return fmt.Sprintf("label_replace(%s, %q, %q, \"text\", \"(.*)\")", groupThousands(number, "text"), column, template)
	}
	return fmt.Sprintf("group by (indicator, %s) (\n%s\n)", column, strings.Join([]string{
		format("100 * "+expression, `="ratio"`, "1", "$1%"),
		format(expression+" / 86400", `="seconds"`, "1", "$1 days"),
		format(expression, `="count"`, "1", "$1"),
		format(expression, `!~"ratio|seconds|count"`, "0.1", "$1"),
	}, "\nor\n"))
}

// countsLabel is "n of N" of each indicator under the label column.
func countsLabel(numerator, denominator, column string) string {
	count := func(expression, label string) string {
		return groupThousands(fmt.Sprintf("count_values by (indicator) (%q, round(%s, 0.1))", label, expression), label)
	}
	return fmt.Sprintf("group by (indicator, %[3]s) (label_join(%[1]s * on (indicator) group_left (d) %[2]s, %[3]q, \" of \", \"n\", \"d\"))",
		count(numerator, "n"), count(denominator, "d"), column)
}

// directionLabel is whether each indicator went up, down or stayed since another value of it, under the label column.
func directionLabel(now, before, column string) string {
	direction := func(comparison, words string) string {
		return fmt.Sprintf("label_replace(%s %s on (indicator) group_left () %s, %q, %q, \"\", \"\")", now, comparison, before, column, words)
	}
	return fmt.Sprintf("group by (indicator, %s) (\n%s\n)", column,
		strings.Join([]string{direction(">", "↗ up"), direction("<", "↘ down"), direction("==", "→ same")}, "\nor\n"))
}

// byIndicator is a generic family without the labels that would keep its columns apart.
func byIndicator(family string) string { return "max by (indicator) (" + family + ")" }
