package calendar_test

import (
	"fmt"
	"time"

	"childrens-services-exporter/exporter/calendar"
)

// What a collection on 1 April 2026 computes, and how long an assessment that
// began on Monday 2 March has taken.
func Example() {
	cal, err := calendar.New(calendar.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	// Half past eleven in the evening by UTC is tomorrow in an English summer.
	today := calendar.Today(time.Date(2026, time.March, 31, 23, 30, 0, 0, time.UTC))

	for _, kind := range []calendar.Kind{calendar.Month, calendar.Quarter, calendar.Rolling12Months} {
		p := cal.At(kind, today)
		fmt.Printf("%s %q: %s to %s\n", p.Kind, p.Label, p.Starts.Format(time.DateOnly), p.Ends.Format(time.DateOnly))
	}
	started := calendar.Date(2026, time.March, 2)
	fmt.Println(cal.WorkingDaysBetween(started, today), "working days")

	// Output:
	// month "2026-03": 2026-03-01 to 2026-03-31
	// quarter "2025-26 Q4": 2026-01-01 to 2026-03-31
	// rolling_12m "to 2026-04-01": 2025-04-02 to 2026-04-01
	// 22 working days
}
