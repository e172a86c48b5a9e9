package calendar

import (
	"fmt"
	"slices"
	"strings"
)

// Kind is a kind of window. Its text is the value of the label "window", of the column period.kind and of a cohort's
// definition.
type Kind string

// The kinds, in the order [Kinds] gives them.
const (
	// Snapshot is one day: how things stood at its end.
	Snapshot Kind = "snapshot"
	// Week runs from Monday to Sunday, as in ISO 8601.
	Week Kind = "week"
	// Month is a calendar month.
	Month Kind = "month"
	// Quarter is three months of the financial year; Q1 begins on 1 April.
	Quarter Kind = "quarter"
	// FinancialYear runs from 1 April to 31 March, the local-government year.
	FinancialYear Kind = "fy"
	// FinancialYearToDate runs from 1 April to the day the window is relative to.
	FinancialYearToDate Kind = "fytd"
	// Rolling12Months is the twelve calendar months up to the day the window is relative to.
	Rolling12Months Kind = "rolling_12m"
	// Term is a school term, holidays after it included, so that every day of
	// a year lies in exactly one term.
	Term Kind = "term"
	// AcademicYearToDate runs from the first day of the first term to the day
	// the window is relative to.
	AcademicYearToDate Kind = "acytd"
	// AcademicYear runs from the first day of the first term (1 September
	// unless the terms are set otherwise) to the day before the next one.
	AcademicYear Kind = "acyear"
	// CalendarYear runs from 1 January to 31 December. SEN2 counts by it.
	CalendarYear Kind = "cy"
)

// Kinds lists every kind, in a fixed order.
func Kinds() []Kind {
	return []Kind{
		Snapshot, Week, Month, Quarter, FinancialYear, FinancialYearToDate, Rolling12Months,
		Term, AcademicYearToDate, AcademicYear, CalendarYear,
	}
}

// ParseKind reads a kind as definitions and flags spell it. The error lists
// the spellings that exist.
func ParseKind(text string) (Kind, error) {
	if kind := Kind(text); slices.Contains(Kinds(), kind) {
		return kind, nil
	}
	names := make([]string, 0, len(Kinds()))
	for _, kind := range Kinds() {
		names = append(names, string(kind))
	}
	return "", fmt.Errorf("period kind %q does not exist: write one of %s", text, strings.Join(names, ", "))
}
