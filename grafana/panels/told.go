package panels

import (
	"fmt"
	"strings"
)

// told is what a family says of each indicator as text under the label column: per cent, days or a plain number,
// whichever its unit asks for, since one column of a table holds indicators of every unit.
func told(expression, column string) string {
	const info = "childrens_indicator_info"
	in := func(scaled, unit, step, words string) string {
		number := fmt.Sprintf("count_values by (indicator) (\"told\", round((%s) and on (indicator) %s{unit%s}, %s))", scaled, info, unit, step)
		return fmt.Sprintf("label_replace(%s, %q, %q, \"told\", \"(.*)\")", grouped(number, "told"), column, words)
	}
	return fmt.Sprintf("group by (indicator, %s) (\n%s\n)", column, strings.Join([]string{
		in("100 * "+expression, `="ratio"`, "1", "$1%"),
		in(expression+" / 86400", `="seconds"`, "1", "$1 days"),
		in(expression, `="count"`, "1", "$1"),
		in(expression, `!~"ratio|seconds|count"`, "0.1", "$1"),
	}, "\nor\n"))
}

// toldParts is "n of N" of each indicator under the label column.
func toldParts(numerator, denominator, column string) string {
	count := func(expression, label string) string {
		return grouped(fmt.Sprintf("count_values by (indicator) (%q, round(%s, 0.1))", label, expression), label)
	}
	return fmt.Sprintf("group by (indicator, %[3]s) (label_join(%[1]s * on (indicator) group_left (d) %[2]s, %[3]q, \" of \", \"n\", \"d\"))",
		count(numerator, "n"), count(denominator, "d"), column)
}

// moved says whether each indicator went up, down or stayed since another value of it, under the label column.
func moved(now, before, column string) string {
	way := func(comparison, words string) string {
		return fmt.Sprintf("label_replace(%s %s on (indicator) group_left () %s, %q, %q, \"\", \"\")", now, comparison, before, column, words)
	}
	return fmt.Sprintf("group by (indicator, %s) (\n%s\n)", column,
		strings.Join([]string{way(">", "↗ up"), way("<", "↘ down"), way("==", "→ same")}, "\nor\n"))
}

// scored is a generic family without the labels that would keep its columns apart.
func scored(family string) string { return "max by (indicator) (" + family + ")" }
