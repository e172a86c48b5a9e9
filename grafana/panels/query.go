package panels

import (
	"fmt"
	"strings"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
)

// firstOf gives the first expression that has an answer, so that a tile shows a
// value, else why there is none.
func firstOf(expressions ...string) string { return strings.Join(expressions, "\nor on ()\n") }

func of(family, indicator string) string { return fmt.Sprintf("%s{indicator=%q}", family, indicator) }

// with gives the series of an expression a label of one value.
func with(expression, label, value string) string {
	return fmt.Sprintf("label_replace(%s, %q, %q, \"\", \"\")", expression, label, value)
}

func labelled(expression, status string) string { return with(expression, "status", status) }

// reasoned and blank stand where there is no value. They are not a number, so
// that nothing could show the series of a reason as if it were the indicator.
func reasoned(expression, status string) string {
	return fmt.Sprintf(`label_replace(%s * NaN, "status", "%s $1", "reason", "(.*)")`, expression, status)
}

func blank(expression, status string) string { return labelled(expression+" * NaN", status) }

// headline is one of the generic families at the indicator's headline window. A
// page without a value at that window gives another window's there.
func headline(generic string, indicator *definition.Indicator) string {
	series := of(generic, indicator.Name)
	if indicator.Cohort.Snapshot() {
		return series
	}
	return fmt.Sprintf("(%s and on () %s{window=%q})", series, indicator.Name, indicator.Headline)
}

// judged is an indicator's value with its RAG as the label status, or none.
func judged(indicator *definition.Indicator) string {
	value := headline("childrens_indicator_value", indicator)
	return fmt.Sprintf("%s\n* on (indicator) group_left (status) count_values by (indicator) (\"status\", %s)\nor on ()\n%s",
		value, of("childrens_indicator_rag", indicator.Name), labelled(value, "none"))
}

// Published is an indicator's value as the public may see it, with its status,
// else why there is none.
func Published(indicator *definition.Indicator) string {
	name := indicator.Name
	held := fmt.Sprintf("childrens_suppressed{indicator=%q, window=%q}", name, indicator.Headline)
	return firstOf(
		judged(indicator),
		reasoned(held, "suppressed"),
		blank(fmt.Sprintf("(%s and on () childrens_exporter_stale{source=%q} == 1)", of("childrens_indicator_info", name), indicator.Cohort.Source), "unavailable stale"),
		blank(of("childrens_indicator_info", name), "unavailable no_value"),
		blank(fmt.Sprintf("absent(%s)", of("childrens_indicator_info", name)), "unavailable not_connected"),
	)
}

// Parts is "n of N" as the label fact.
func Parts(indicator *definition.Indicator) string {
	return nOf(headline("childrens_indicator_numerator", indicator), headline("childrens_indicator_denominator", indicator))
}

func nOf(numerator, denominator string) string {
	return fmt.Sprintf("label_join(\n%s\n* on () group_left (d) %s,\n\"fact\", \" of \", \"n\", \"d\")",
		grouped("count_values(\"n\", round("+numerator+", 0.1))", "n"), grouped("count_values(\"d\", round("+denominator+", 0.1))", "d"))
}

// grouped writes the numbers in a label by thousands.
func grouped(expression, label string) string {
	once := fmt.Sprintf("label_replace(%s, %q, \"$1,$2$3\", %q, \"([0-9]+)([0-9]{3})([^0-9,].*)?\")", expression, label, label)
	return fmt.Sprintf("label_replace(%s, %q, \"$1,$2,$3$4\", %q, \"([0-9]+)([0-9]{3}),([0-9]{3})(.*)\")", once, label, label)
}

// Rounded is an indicator's value to one decimal as the label fact.
func Rounded(indicator *definition.Indicator) string {
	value := headline("childrens_indicator_value", indicator)
	if indicator.Unit == "ratio" {
		return fmt.Sprintf("label_replace(count_values(\"share\", round(100 * %s, 0.1)), \"fact\", \"$1%%\", \"share\", \"(.*)\")", value)
	}
	return fmt.Sprintf("count_values(\"fact\", round(%s, 0.1))", value)
}

// inUnits is a number in an indicator's unit as the label fact.
func inUnits(indicator *definition.Indicator, value string) string {
	switch indicator.Unit {
	case "ratio":
		return fmt.Sprintf("label_replace(count_values(\"share\", round(100 * %s)), \"fact\", \"$1%%\", \"share\", \"(.*)\")", value)
	case "count":
		return grouped(fmt.Sprintf("count_values(\"fact\", round(%s))", value), "fact")
	case "seconds":
		return fmt.Sprintf("label_replace(count_values(\"length\", round(%s / 86400)), \"fact\", \"$1 days\", \"length\", \"(.*)\")", value)
	default:
		return fmt.Sprintf("count_values(\"fact\", round(%s, 0.1))", value)
	}
}

// Since says as the label fact how the last closed quarter compares with the one before it.
func Since(indicator *definition.Indicator) string {
	quarter := func(back int) string {
		return "max(" + nthBack("childrens_indicator_period", fmt.Sprintf("indicator=%q, ", indicator.Name), back) + ")"
	}
	way := func(comparison, arrow string) string {
		return fmt.Sprintf("label_replace(%s and on () (%s %s %s), \"fact\", \"%s $1\", \"fact\", \"(.*)\")",
			inUnits(indicator, quarter(2)), quarter(1), comparison, quarter(2), arrow)
	}
	return strings.Join([]string{way(">", "↗ from"), way("<", "↘ from"), way("==", "→ still")}, "\nor\n")
}

// Target is an indicator's target as the label fact, in the unit people read and
// with the side of it that is good.
func Target(indicator *definition.Indicator) string {
	target, words := of("childrens_indicator_target", indicator.Name), "$1"
	if indicator.Unit == "ratio" {
		target, words = "round(100 * "+target+", 0.1)", "$1%"
	}
	switch indicator.Better {
	case definition.HigherBetter:
		words += " or more"
	case definition.LowerBetter:
		words += " or less"
	case definition.NeitherBetter:
	}
	return fmt.Sprintf("label_replace(count_values(\"target\", %s), \"fact\", %q, \"target\", \"(.*)\")", target, words)
}

// said is a fixed text as the label fact, for as long as there is a value.
func said(expression, words string) string { return with(expression, "fact", words) }

// windowWords says which period a value belongs to, in plain words.
func windowWords(kind calendar.Kind) string {
	return map[calendar.Kind]string{
		calendar.Snapshot: "period end", calendar.Month: "the month", calendar.Quarter: "the quarter",
		calendar.FinancialYear: "the April year", calendar.AcademicYear: "the school year",
		calendar.Rolling12Months: "12 months", calendar.Term: "the term", calendar.CalendarYear: "the year",
	}[kind]
}
