package panels

import (
	"fmt"
	"slices"
	"strings"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/reportperiod"
)

// fallback gives the first expression that has a value, so that a tile shows a
// value, else why there is none.
func fallback(expressions ...string) string { return strings.Join(expressions, "\nor on ()\n") }

func forIndicator(family, indicator string) string {
	return fmt.Sprintf("%s{indicator=%q}", family, indicator)
}

// withLabel gives the series of an expression a label of one value.
func withLabel(expression, label, value string) string {
	return fmt.Sprintf("label_replace(%s, %q, %q, \"\", \"\")", expression, label, value)
}

func withStatus(expression, status string) string { return withLabel(expression, "status", status) }

// reasonNaN and blank stand where there is no value. They are not a number, so
// that nothing could show the series of a reason as if it were the indicator.
func reasonNaN(expression, status string) string {
	return fmt.Sprintf(`label_replace(%s * NaN, "status", "%s $1", "reason", "(.*)")`, expression, status)
}

func blankNaN(expression, status string) string { return withStatus(expression+" * NaN", status) }

// headlineSeries is one of the generic families at the indicator's headline window. A
// page without a value at that window gives another window's there.
func headlineSeries(generic string, indicator *definition.Indicator) string {
	series := forIndicator(generic, indicator.Name)
	if indicator.Cohort.Snapshot() {
		return series
	}
	return fmt.Sprintf("(%s and on () %s{window=%q})", series, indicator.Name, indicator.Headline)
}

// valueWithStatus is an indicator's value with its RAG as the label status, or none.
func valueWithStatus(indicator *definition.Indicator) string {
	value := headlineSeries("childrens_indicator_value", indicator)
	return fmt.Sprintf("%s\n* on (indicator) group_left (status) count_values by (indicator) (\"status\", %s)\nor on ()\n%s",
		value, forIndicator("childrens_indicator_rag", indicator.Name), withStatus(value, "none"))
}

// PublishedValue is an indicator's value as the public may see it, with its status,
// else why there is none.
func PublishedValue(indicator *definition.Indicator) string {
	name := indicator.Name
	suppressed := fmt.Sprintf("childrens_indicator_suppressed{indicator=%q, window=%q}", name, indicator.Headline)
	return fallback(
		valueWithStatus(indicator),
		reasonNaN(suppressed, "suppressed"),
		blankNaN(fmt.Sprintf("(%s and on () childrens_exporter_stale{source=%q} == 1)", forIndicator("childrens_indicator_info", name), indicator.Cohort.Source), "unavailable stale"),
		blankNaN(forIndicator("childrens_indicator_info", name), "unavailable no_value"),
		blankNaN(fmt.Sprintf("absent(%s)", forIndicator("childrens_indicator_info", name)), "unavailable not_connected"),
	)
}

// RatioCounts is "n of N" as the label fact.
func RatioCounts(indicator *definition.Indicator) string {
	return joinCounts(headlineSeries("childrens_indicator_numerator", indicator), headlineSeries("childrens_indicator_denominator", indicator))
}

func joinCounts(numerator, denominator string) string {
	return fmt.Sprintf("label_join(\n%s\n* on () group_left (d) %s,\n\"fact\", \" of \", \"n\", \"d\")",
		groupThousands("count_values(\"n\", round("+numerator+", 0.1))", "n"), groupThousands("count_values(\"d\", round("+denominator+", 0.1))", "d"))
}

// groupThousands writes the numbers in a label by thousands.
func groupThousands(expression, label string) string {
	thousands := fmt.Sprintf("label_replace(%s, %q, \"$1,$2$3\", %q, \"([0-9]+)([0-9]{3})([^0-9,].*)?\")", expression, label, label)
	return fmt.Sprintf("label_replace(%s, %q, \"$1,$2,$3$4\", %q, \"([0-9]+)([0-9]{3}),([0-9]{3})(.*)\")", thousands, label, label)
}

// RoundedValue is an indicator's value to one decimal as the label fact.
func RoundedValue(indicator *definition.Indicator) string {
	value := headlineSeries("childrens_indicator_value", indicator)
	if indicator.Unit == "ratio" {
		return fmt.Sprintf("label_replace(count_values(\"share\", round(100 * %s, 0.1)), \"fact\", \"$1%%\", \"share\", \"(.*)\")", value)
	}
	return fmt.Sprintf("count_values(\"fact\", round(%s, 0.1))", value)
}

// valueText is a number in an indicator's unit as the label fact.
func valueText(indicator *definition.Indicator, value string) string {
	switch indicator.Unit {
	case "ratio":
		return fmt.Sprintf("label_replace(count_values(\"share\", round(100 * %s)), \"fact\", \"$1%%\", \"share\", \"(.*)\")", value)
	case "count":
		return groupThousands(fmt.Sprintf("count_values(\"fact\", round(%s))", value), "fact")
	case "seconds":
		return fmt.Sprintf("label_replace(count_values(\"length\", round(%s / 86400)), \"fact\", \"$1 days\", \"length\", \"(.*)\")", value)
	default:
		return fmt.Sprintf("count_values(\"fact\", round(%s, 0.1))", value)
	}
}

// QuarterChange is as the label fact how the last closed quarter compares with the one before it: the last term or year
// beside a value of a term or a year, and otherwise the last period of the indicator's primary kind.
func QuarterChange(indicator *definition.Indicator) string {
	kind := reportperiod.PrimaryKind(indicator.Cohort)
	if slices.Contains(periodKinds(), indicator.Headline) {
		kind = indicator.Headline
	}
	quarter := func(offset int) string {
		return fmt.Sprintf("max(childrens_indicator_period{indicator=%q, window=%q, offset=\"%d\"})", indicator.Name, kind, offset)
	}
	change := func(comparison, arrow string) string {
		return fmt.Sprintf("label_replace(%s and on () (%s %s %s), \"fact\", \"%s $1\", \"fact\", \"(.*)\")",
			valueText(indicator, quarter(2)), quarter(1), comparison, quarter(2), arrow)
	}
	return strings.Join([]string{change(">", "↗ from"), change("<", "↘ from"), change("==", "→ still")}, "\nor\n")
}

// TargetText is an indicator's target as the label fact, in the unit people read and
// with the side of it that is good.
func TargetText(indicator *definition.Indicator) string {
	target, template := forIndicator("childrens_indicator_target", indicator.Name), "$1"
	if indicator.Unit == "ratio" {
		target, template = "round(100 * "+target+", 0.1)", "$1%"
	}
	switch indicator.Better {
	case definition.HigherBetter:
		template += " or more"
	case definition.LowerBetter:
		template += " or less"
	case definition.NeitherBetter:
	}
	return fmt.Sprintf("label_replace(count_values(\"target\", %s), \"fact\", %q, \"target\", \"(.*)\")", target, template)
}

// fixedText is a fixed text as the label fact, for as long as there is a value.
func fixedText(expression, text string) string { return withLabel(expression, "fact", text) }

// windowName is the period that a value belongs to, in plain words.
func windowName(kind calendar.Kind) string {
	return map[calendar.Kind]string{
		calendar.Snapshot: "period end", calendar.Month: "the month", calendar.Quarter: "the quarter",
		calendar.FinancialYear: "the April year", calendar.AcademicYear: "the school year",
		calendar.Rolling12Months: "12 months", calendar.Term: "the term", calendar.CalendarYear: "the year",
	}[kind]
}
