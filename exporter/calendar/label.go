package calendar

import (
	"fmt"
	"strings"
	"time"
)

// ParseLabel is the report period of a label, such as 2026-27 Q2, 2026-27, 2026-09 or 2026. The error says how labels are
// written. A label such as 2009-10 is a financial year and not a month, as everywhere in a council's papers.
func (c *Calendar) ParseLabel(label string) (Period, error) {
	label = strings.Join(strings.Fields(label), " ")
	var year, next, number int
	candidates := []struct {
		kind Kind
		day  func() (time.Time, bool)
	}{
		{Quarter, func() (time.Time, bool) {
			read, err := fmt.Sscanf(label, "%4d-%2d Q%1d", &year, &next, &number)
			return Date(year, time.April, 1).AddDate(0, 3*(number-1), 0), err == nil && read == 3 && number >= 1 && number <= 4
		}},
		{FinancialYear, func() (time.Time, bool) {
			read, err := fmt.Sscanf(label, "%4d-%2d", &year, &next)
			return Date(year, time.April, 1), err == nil && read == 2 && year > 0
		}},
		{Month, func() (time.Time, bool) {
			day, err := time.Parse("2006-01", label)
			return day, err == nil
		}},
		{CalendarYear, func() (time.Time, bool) {
			day, err := time.Parse("2006", label)
			return day, err == nil
		}},
	}
	for _, candidate := range candidates {
		day, ok := candidate.day()
		if !ok {
			continue
		}
		// 2026-03 is a month and 2026-27 a year: only the right kind gives the label back.
		if around, contiguous := c.windowAround(candidate.kind, day); contiguous && around.label == label {
			return Period{AsOf: around.ends, Kind: candidate.kind, Label: around.label, Starts: around.starts, Ends: around.ends}, nil
		}
	}
	return Period{}, fmt.Errorf("period %q is none: write a quarter as 2026-27 Q2, a financial year as 2026-27, a month as 2026-09 or a year as 2026", label)
}
