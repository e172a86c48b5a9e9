package alerts

import (
	"fmt"
	"strings"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/internal/rulefile"
)

// The recorded series of each indicator in the last closed period of its primary kind, a quarter for most and a term for
// school figures, and in the same period of the year before.
const (
	lastValue             = "indicator:childrens_indicator_period:last_closed"
	lastDenominator       = "indicator:childrens_indicator_period_denominator:last_closed"
	yearBeforeValue       = "indicator:childrens_indicator_period:year_before"
	yearBeforeDenominator = "indicator:childrens_indicator_period_denominator:year_before"
)

// comparedPeriods are the recording rules that the alerts on a sudden change read. They stand in the group of those
// alerts, before them: a group that Prometheus evaluates at another moment could leave them no value to read.
func comparedPeriods() []rulefile.Rule {
	last := func(calendar.ReportKind) int { return 1 }
	yearBefore := func(kind calendar.ReportKind) int { return 1 + kind.PerYear }
	return []rulefile.Rule{
		{Record: lastValue, Expr: primaryPeriod("childrens_indicator_period", last)},
		{Record: lastDenominator, Expr: primaryPeriod("childrens_indicator_period_denominator", last)},
		{Record: yearBeforeValue, Expr: primaryPeriod("childrens_indicator_period", yearBefore)},
		{Record: yearBeforeDenominator, Expr: primaryPeriod("childrens_indicator_period_denominator", yearBefore)},
	}
}

// primaryPeriod selects a family at one period of each indicator's primary kind: the first of the report kinds in which
// the indicator has a value in any period. An indicator without a value in that one period has none here, rather than
// that of another kind.
func primaryPeriod(family string, offset func(calendar.ReportKind) int) string {
	var alternatives, earlier []string
	for _, report := range calendar.ReportKinds() {
		selector := fmt.Sprintf("%s{window=%q,offset=\"%d\"}", family, report.Kind, offset(report))
		if len(earlier) > 0 {
			selector += fmt.Sprintf(" unless on (authority, indicator) childrens_indicator_period{window=~%q}", strings.Join(earlier, "|"))
		}
		alternatives, earlier = append(alternatives, selector), append(earlier, string(report.Kind))
	}
	return "max by (authority, indicator, window, period) (\n" + strings.Join(alternatives, "\nor\n") + "\n)"
}
