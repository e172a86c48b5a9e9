package period_test

import (
	"testing"
	"time"

	"childrens-services-exporter/exporter/period"
)

// Every property is tried on each day from the first to the last: records of
// thirty years back, and the years that a release may still run in.
func firstDay() time.Time { return period.Date(1995, time.January, 1) }
func lastDay() time.Time  { return period.Date(2040, time.December, 31) }

func england(t *testing.T) *period.Calendar {
	t.Helper()
	return calendarOf(t, period.Options{})
}

func calendarOf(t *testing.T, options period.Options) *period.Calendar {
	t.Helper()
	calendar, err := period.New(options)
	if err != nil {
		t.Fatal(err)
	}
	return calendar
}

// on reads a date written as 2026-03-31.
func on(t *testing.T, text string) time.Time {
	t.Helper()
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		t.Fatal(err)
	}
	return day
}

func written(day time.Time) string { return day.Format(time.DateOnly) }

func eve(day time.Time) time.Time  { return day.AddDate(0, 0, -1) }
func next(day time.Time) time.Time { return day.AddDate(0, 0, 1) }
