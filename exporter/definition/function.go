package definition

import "fmt"

// functionSQL writes one of the functions of the measure language.
//
//	working_days(a, b)  working days after a up to and including b (day after a is day 1)
//	days(a, b)          calendar days from a to b
//	seconds(a, b)       the same in seconds
//	months_after(a, n)  the day n calendar months after a
func functionSQL(name string, arguments []string) (string, error) {
	switch name {
	case "sum":
		return "", errNestedSum
	case "working_days", "days", "seconds", "months_after":
	default:
		return "", fmt.Errorf("unknown function %q; there are working_days, days, seconds, months_after", name)
	}
	if len(arguments) != 2 {
		return "", fmt.Errorf("%s takes two arguments, found %d", name, len(arguments))
	}
	a, b := arguments[0], arguments[1]
	switch name {
	case "working_days":
		return "(" + runningWorkingDays(b) + " - " + runningWorkingDays(a) + ")", nil
	case "days":
		return "(" + b + " - " + a + ")", nil
	case "seconds":
		// 69 years of seconds are more than an integer holds.
		return "((" + b + " - " + a + ") * 86400::bigint)", nil
	default:
		return "(" + a + " + make_interval(months => " + b + "))::date", nil
	}
}

// Parameters of every statement with the running count of working days: the day of its
// first element and the counts.
const (
	FirstWorkingDayParameter = "$6::date"
	WorkingDaysParameter     = "$7::integer[]"
)

// runningWorkingDays reads the running count at a day from the array, which is far
// cheaper than a join for every span. A day before the first counts as the first, a day
// after the last as the last; the count of a missing day is missing.
func runningWorkingDays(day string) string {
	return fmt.Sprintf("(%[2]s)[case when %[1]s < %[3]s then 1"+
		" when %[1]s - %[3]s >= cardinality(%[2]s) then cardinality(%[2]s)"+
		" else %[1]s - %[3]s + 1 end]", day, WorkingDaysParameter, FirstWorkingDayParameter)
}
