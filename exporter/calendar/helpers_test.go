package calendar_test

import (
	"testing"
	"time"

	"childrens-services-exporter/exporter/calendar"
)

// Every property is tried on each day from the first to the last: records of
// thirty years back, and the years that a release may still run in.
func firstDay() time.Time { return calendar.Date(1995, time.January, 1) }
func lastDay() time.Time  { return calendar.Date(2040, time.December, 31) }

func england(t *testing.T) *calendar.Calendar {
	t.Helper()
	return calendarOf(t, calendar.Options{})
}

func calendarOf(t *testing.T, options calendar.Options) *calendar.Calendar {
	t.Helper()
	cal, err := calendar.New(options)
	if err != nil {
		t.Fatal(err)
	}
	return cal
}

// date reads a date written as 2026-03-31.
func date(t *testing.T, text string) time.Time {
	t.Helper()
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		t.Fatal(err)
	}
	return day
}

func formatDate(day time.Time) string { return day.Format(time.DateOnly) }

func dayBefore(day time.Time) time.Time { return day.AddDate(0, 0, -1) }
func dayAfter(day time.Time) time.Time  { return day.AddDate(0, 0, 1) }
