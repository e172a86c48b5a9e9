package calendar_test

import (
	"sync"
	"testing"
	"time"

	"childrens-services-exporter/exporter/calendar"
)

// bankHolidaysOf collects the holidays of the years tried, for counting by
// hand.
func bankHolidaysOf(first, last int) map[string]bool {
	days := map[string]bool{}
	for year := first; year <= last; year++ {
		for _, holiday := range calendar.BankHolidays(year) {
			days[formatDate(holiday.Day)] = true
		}
	}
	return days
}

func TestWorkingDaysEqualASlowCount(t *testing.T) {
	cal := england(t)
	holidays := bankHolidaysOf(1995, 2041)
	works := func(day time.Time) bool {
		return day.Weekday() != time.Saturday && day.Weekday() != time.Sunday && !holidays[formatDate(day)]
	}
	for _, day := range calendar.Days(firstDay(), lastDay()) {
		if cal.IsWorkingDay(day) != works(day) {
			t.Fatalf("%s %s: working is %t", day.Weekday(), formatDate(day), cal.IsWorkingDay(day))
		}
	}
	// 89 and 7 share no factor, so the starts fall on every weekday.
	for from := firstDay(); from.Before(lastDay()); from = from.AddDate(0, 0, 89) {
		to := from.AddDate(0, 0, 100)
		numbers := cal.WorkingDays(from, to)
		if len(numbers) != 101 {
			t.Fatalf("%d numbers for 101 days", len(numbers))
		}
		for i := range numbers {
			var n int32
			for _, day := range calendar.Days(from, from.AddDate(0, 0, i)) {
				if works(day) {
					n++
				}
			}
			if numbers[i] != n {
				t.Fatalf("from %s to %d days on: %d, want %d", formatDate(from), i, numbers[i], n)
			}
			span := cal.WorkingDaysBetween(from, from.AddDate(0, 0, i))
			if span != int(numbers[i]-numbers[0]) {
				t.Fatalf("between %s and %d days on: %d, but %d - %d", formatDate(from), i, span, numbers[i], numbers[0])
			}
			if back := cal.WorkingDaysBetween(from.AddDate(0, 0, i), from); back != -span {
				t.Fatalf("forward %d, backward %d", span, back)
			}
		}
	}
}

func TestWorkingDaysBetweenNamedDays(t *testing.T) {
	cal := england(t)
	for _, c := range []struct {
		name, a, b string
		want       int
	}{
		{"the start is day 0", "2026-03-02", "2026-03-02", 0},
		{"the day after is day 1", "2026-03-02", "2026-03-03", 1},
		{"Friday to Monday", "2026-03-06", "2026-03-09", 1},
		{"Saturday to Monday", "2026-03-07", "2026-03-09", 1},
		{"Friday to Sunday", "2026-03-06", "2026-03-08", 0},
		{"over Easter 2026", "2026-04-02", "2026-04-07", 1},
		{"over Easter 2024, when the clocks changed", "2024-03-28", "2024-04-02", 1},
		{"over the night the clocks went back", "2024-10-25", "2024-10-28", 1},
		{"over Christmas 2021, both days kept later", "2021-12-24", "2021-12-29", 1},
		{"over VE Day 2020, a Friday", "2020-05-07", "2020-05-11", 1},
		{"4 May 2020 was worked", "2020-05-01", "2020-05-04", 1},
		{"over the Platinum Jubilee", "2022-06-01", "2022-06-06", 1},
		{"30 May 2022 was worked", "2022-05-27", "2022-05-30", 1},
		{"over the funeral of 2022", "2022-09-16", "2022-09-20", 1},
		{"over the coronation", "2023-05-05", "2023-05-09", 1},
		{"over 29 February 2024, a Thursday", "2024-02-28", "2024-03-01", 2},
		{"backwards", "2026-03-09", "2026-03-06", -1},
		// Working Together: the assessment ends within 45 working days of the
		// referral. 21 days are left in March, April has 22 less two at Easter,
		// and 4 May is a holiday: 1, 5, 6 and 7 May make 45.
		{"the 45th day after Monday 2 March 2026", "2026-03-02", "2026-05-07", 45},
		// The initial conference within 15 of the strategy discussion.
		{"the 15th day after Friday 27 March 2026", "2026-03-27", "2026-04-21", 15},
	} {
		if got := cal.WorkingDaysBetween(date(t, c.a), date(t, c.b)); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}

func TestWorkingDaysBackwardsAreNone(t *testing.T) {
	day := calendar.Date(2026, time.March, 2)
	if got := england(t).WorkingDays(day, dayBefore(day)); got != nil {
		t.Errorf("got %v", got)
	}
}

func TestCalendarIsSharedBetweenGoroutines(t *testing.T) {
	cal := england(t)
	want := cal.WorkingDaysBetween(firstDay(), lastDay())
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			if got := cal.WorkingDaysBetween(firstDay(), lastDay()); got != want {
				t.Errorf("%d working days, want %d", got, want)
			}
			for _, kind := range calendar.Kinds() {
				cal.At(kind, lastDay())
			}
		})
	}
	readers.Wait()
}
