package report

import (
	"math"
	"strconv"
	"strings"
	"time"

	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/rag"
)

// formatValue formats a value with its unit: 78.4%, 12.5 days, 1,825.
func formatValue(unit string, value float64) string {
	const secondsOfDay = 86400
	switch unit {
	case "ratio":
		return formatNumber(value*100) + "%"
	case "seconds":
		return formatNumber(value/secondsOfDay) + " days"
	}
	return formatNumber(value)
}

// formatNumber formats a number with one decimal at most and commas between thousands.
func formatNumber(value float64) string {
	text := strconv.FormatFloat(math.Round(value*10)/10, 'f', -1, 64)
	digits, rest, decimal := strings.Cut(text, ".")
	for at := len(digits) - 3; at > 0 && digits[at-1] != '-'; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	if decimal {
		return digits + "." + rest
	}
	return digits
}

// formatDate formats a day in words.
func formatDate(day time.Time) string { return day.Format("2 January 2006") }

// formatSpan formats a period as its first and last day.
func formatSpan(starts, ends time.Time, open bool) string {
	from, to := "January 2006", "January 2006"
	if open {
		from, to = "2 January 2006", "2 January 2006"
	}
	if starts.Year() == ends.Year() {
		from = strings.TrimSuffix(from, " 2006")
	}
	if starts.Format(from) == ends.Format(from) && starts.Year() == ends.Year() {
		return ends.Format(to)
	}
	return starts.Format(from) + " to " + ends.Format(to)
}

// Status is a RAG status as a word and a shape, so that it can be read without colour.
type Status struct {
	Word string
	// Class is the CSS class: on, watch, off, or empty where there is no status.
	Class string
}

func statusOf(status *rag.Status, target, value bool) Status {
	switch {
	case !value:
		return Status{Word: "No value"}
	case status == nil && target:
		return Status{Word: "Too few to judge"}
	case status == nil:
		return Status{Word: "No target"}
	}
	switch *status {
	case rag.OnTarget:
		return Status{"On target", "on"}
	case rag.Watch:
		return Status{"Watch", "watch"}
	default:
		return Status{"Off target", "off"}
	}
}

// targetText formats a target, with the direction that is better.
func targetText(unit string, target rag.Target) string {
	text := formatValue(unit, target.Value)
	switch {
	case target.Better == definition.LowerBetter && target.Value > 0:
		return text + " or less"
	case target.Better == definition.HigherBetter && !(unit == "ratio" && target.Value >= 1):
		return text + " or more"
	}
	return text
}

// trajectoryText formats the end of a target that moves, with its day.
func trajectoryText(unit string, target rag.Target) string {
	promise := target.Trajectory
	if promise == nil || promise.End == target.Value {
		return ""
	}
	return "moving to " + formatValue(unit, promise.End) + " by " + formatDate(promise.Ends)
}
