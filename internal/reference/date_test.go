package reference

import (
	"testing"
	"time"
)

func TestPlusMonthsEndsWithTheMonth(t *testing.T) {
	for _, c := range []struct {
		from   Date
		months int
		want   string
	}{
		{On(2025, time.November, 30), 3, "2026-02-28"},
		{On(2023, time.November, 30), 3, "2024-02-29"},
		{On(2025, time.August, 31), 6, "2026-02-28"},
		{On(2024, time.February, 29), 12, "2025-02-28"},
		{On(2026, time.January, 31), -2, "2025-11-30"},
		{On(2026, time.March, 31), -12, "2025-03-31"},
	} {
		if got := c.from.PlusMonths(c.months).String(); got != c.want {
			t.Errorf("%s and %d months: %s, want %s", c.from, c.months, got, c.want)
		}
	}
}

func TestAge(t *testing.T) {
	leapling := On(2008, time.February, 29)
	for day, want := range map[Date]int{
		On(2026, time.February, 28): 17, On(2026, time.March, 1): 18, On(2024, time.February, 28): 15, On(2024, time.February, 29): 16,
	} {
		if got := leapling.Age(day); got != want {
			t.Errorf("born on %s, on %s: %d, want %d", leapling, day, got, want)
		}
	}
}

// The counts stand on paper: over Easter 2023 and the coronation, over the Queen's funeral, over Easter 2022 and the jubilee.
func TestWorkingDays(t *testing.T) {
	c := newCalendar()
	for _, span := range [][2]Date{
		{On(2023, time.March, 6), On(2023, time.May, 12)},
		{On(2022, time.July, 18), On(2022, time.September, 21)},
		{On(2022, time.April, 6), On(2022, time.June, 15)},
	} {
		if got := c.workingDays(span[0], span[1]); got != 45 {
			t.Errorf("%s to %s: %d working days, want 45", span[0], span[1], got)
		}
		if got := c.workingDayAfter(span[0], 45); got != span[1] {
			t.Errorf("45 working days after %s: %s, want %s", span[0], got, span[1])
		}
		if got := c.workingDays(span[1], span[0]); got != -45 {
			t.Errorf("%s to %s: %d working days, want -45", span[1], span[0], got)
		}
	}
}

func TestWindows(t *testing.T) {
	for _, c := range []struct {
		got          window
		starts, ends string
	}{
		{live(month, On(2026, time.March, 31)), "2026-02-01", "2026-02-28"},
		{live(quarter, On(2026, time.March, 31)), "2025-10-01", "2025-12-31"},
		{live(financialYear, On(2026, time.March, 31)), "2024-04-01", "2025-03-31"},
		{live(yearToDate, On(2026, time.April, 1)), "2026-04-01", "2026-04-01"},
		{live(twelveMonths, On(2025, time.February, 28)), "2024-03-01", "2025-02-28"},
		{live(twelveMonths, On(2024, time.February, 28)), "2023-03-01", "2024-02-28"},
		{live(twelveMonths, On(2024, time.February, 29)), "2023-03-01", "2024-02-29"},
		{live(calendarYear, On(2026, time.January, 1)), "2025-01-01", "2025-12-31"},
		{live(schoolTerm, On(2026, time.January, 1)), "2025-09-01", "2025-12-31"},
		{live(schoolTerm, On(2026, time.April, 16)), "2026-01-01", "2026-04-15"},
		{live(schoolTerm, On(2026, time.April, 15)), "2025-09-01", "2025-12-31"},
		{live(schoolTerm, On(2026, time.August, 31)), "2026-01-01", "2026-04-15"},
		{live(schoolTerm, On(2026, time.September, 1)), "2026-04-16", "2026-08-31"},
		{live(schoolYear, On(2026, time.August, 31)), "2024-09-01", "2025-08-31"},
		{live(schoolYear, On(2026, time.September, 1)), "2025-09-01", "2026-08-31"},
		{live(schoolToDate, On(2026, time.August, 31)), "2025-09-01", "2026-08-31"},
		{live(schoolToDate, On(2026, time.September, 1)), "2026-09-01", "2026-09-01"},
		{windowAtOffset(schoolTerm, On(2026, time.May, 5), 0), "2026-04-16", "2026-05-05"},
		{windowAtOffset(schoolTerm, On(2026, time.May, 5), 2), "2025-09-01", "2025-12-31"},
		{windowAtOffset(schoolYear, On(2026, time.May, 5), 1), "2024-09-01", "2025-08-31"},
		{windowAtOffset(quarter, On(2026, time.May, 5), 0), "2026-04-01", "2026-05-05"},
		{windowAtOffset(quarter, On(2026, time.May, 5), 2), "2025-10-01", "2025-12-31"},
		{windowAtOffset(financialYear, On(2026, time.January, 5), 1), "2024-04-01", "2025-03-31"},
	} {
		if c.got.starts.String() != c.starts || c.got.ends.String() != c.ends {
			t.Errorf("%s from %s to %s, want %s to %s", c.got.kind, c.got.starts, c.got.ends, c.starts, c.ends)
		}
	}
}
