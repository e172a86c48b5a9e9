package calendar_test

import (
	"testing"
	"time"

	"childrens-services-exporter/exporter/calendar"
)

func TestTodayIsTheDateInEngland(t *testing.T) {
	for _, c := range []struct{ instant, want string }{
		// Winter: the date changes at midnight UTC.
		{"2026-01-15T23:59:59Z", "2026-01-15"},
		{"2026-01-16T00:00:00Z", "2026-01-16"},
		// Summer: an hour before.
		{"2026-07-15T22:59:59Z", "2026-07-15"},
		{"2026-07-15T23:00:00Z", "2026-07-16"},
		{"2026-07-15T23:30:00Z", "2026-07-16"},
		// The clocks go forward at 01:00 UTC on Easter Sunday 2024.
		{"2024-03-30T23:30:00Z", "2024-03-30"},
		{"2024-03-31T00:59:59Z", "2024-03-31"},
		{"2024-03-31T01:00:00Z", "2024-03-31"},
		{"2024-03-31T22:59:59Z", "2024-03-31"},
		{"2024-03-31T23:30:00Z", "2024-04-01"},
		// They go back at 01:00 UTC on 27 October: 01:30 is shown twice, and
		// is that day both times.
		{"2024-10-26T23:30:00Z", "2024-10-27"},
		{"2024-10-27T00:30:00Z", "2024-10-27"},
		{"2024-10-27T01:30:00Z", "2024-10-27"},
		{"2024-10-27T23:30:00Z", "2024-10-27"},
		{"2024-10-28T00:00:00Z", "2024-10-28"},
		// In any zone of the machine.
		{"2026-07-15T18:30:00-05:00", "2026-07-16"},
		{"2026-01-16T08:00:00+09:00", "2026-01-15"},
		// The year ends with midnight in England.
		{"2025-12-31T23:59:59Z", "2025-12-31"},
		{"2026-03-31T23:00:00Z", "2026-04-01"},
		{"2026-08-31T23:00:00Z", "2026-09-01"},
	} {
		instant, err := time.Parse(time.RFC3339, c.instant)
		if err != nil {
			t.Fatal(err)
		}
		if got := calendar.Today(instant); got != date(t, c.want) {
			t.Errorf("%s: %s, want %s", c.instant, got, c.want)
		}
	}
}

func TestDaysAreAllThereOnce(t *testing.T) {
	days := calendar.Days(firstDay(), lastDay())
	// 46 years, of which 1996, 2000, … 2040 are the twelve leap years.
	if want := 46*365 + 12; len(days) != want {
		t.Fatalf("%d days, want %d", len(days), want)
	}
	for i, day := range days[1:] {
		if day.Sub(days[i]) != 24*time.Hour {
			t.Fatalf("%s follows %s", day, days[i])
		}
	}
}

func TestDaysAtTheEdges(t *testing.T) {
	leap := calendar.Date(2024, time.February, 29)
	for _, c := range []struct {
		name     string
		from, to time.Time
		want     int
	}{
		{"one day", leap, leap, 1},
		{"over 29 February", dayBefore(leap), dayAfter(leap), 3},
		{"backwards", leap, dayBefore(leap), 0},
		{"over four centuries, which no time.Duration spans", calendar.Date(1700, time.January, 1), calendar.Date(2099, time.December, 31), 146097},
	} {
		if got := calendar.Days(c.from, c.to); len(got) != c.want {
			t.Errorf("%s: %d days, want %d", c.name, len(got), c.want)
		}
	}
}

func TestDateCarriesOver(t *testing.T) {
	if got := calendar.Date(2025, time.February, 29); got != date(t, "2025-03-01") {
		t.Errorf("29 February 2025 became %s", got)
	}
}
