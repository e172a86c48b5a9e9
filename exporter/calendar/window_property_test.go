package calendar_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"childrens-services-exporter/exporter/calendar"
)

// lastDayOf reports, for each kind whose windows follow one another, whether a day is
// the last of one. It restates the rules by the day that comes next.
func lastDayOf() map[calendar.Kind]func(day time.Time) bool {
	type yearDay struct {
		month time.Month
		day   int
	}
	nextIs := func(starts ...yearDay) func(time.Time) bool {
		return func(day time.Time) bool {
			tomorrow := dayAfter(day)
			return slices.Contains(starts, yearDay{tomorrow.Month(), tomorrow.Day()})
		}
	}
	return map[calendar.Kind]func(time.Time) bool{
		calendar.Week:          func(day time.Time) bool { return day.Weekday() == time.Sunday },
		calendar.Month:         func(day time.Time) bool { return dayAfter(day).Month() != day.Month() },
		calendar.Quarter:       nextIs(yearDay{4, 1}, yearDay{7, 1}, yearDay{10, 1}, yearDay{1, 1}),
		calendar.FinancialYear: nextIs(yearDay{4, 1}),
		calendar.Term:          nextIs(yearDay{9, 1}, yearDay{1, 1}, yearDay{4, 16}),
		calendar.AcademicYear:  nextIs(yearDay{9, 1}),
		calendar.CalendarYear:  nextIs(yearDay{1, 1}),
	}
}

func TestClosedWindowIsTheLastThatEndedBefore(t *testing.T) {
	cal := england(t)
	for kind, last := range lastDayOf() {
		before := func(day time.Time) time.Time {
			for !last(day) {
				day = dayBefore(day)
			}
			return day
		}
		ends := before(dayBefore(firstDay()))
		starts := dayAfter(before(dayBefore(ends)))
		for _, asOf := range calendar.Days(firstDay(), lastDay()) {
			if yesterday := dayBefore(asOf); last(yesterday) && yesterday != ends {
				starts, ends = dayAfter(ends), yesterday
			}
			got := cal.At(kind, asOf)
			if got.AsOf != asOf || got.Kind != kind || got.Starts != starts || got.Ends != ends {
				t.Fatalf("%s as of %s: %s to %s, want %s to %s",
					kind, formatDate(asOf), formatDate(got.Starts), formatDate(got.Ends), formatDate(starts), formatDate(ends))
			}
		}
	}
}

func TestRunningWindowEndsOnTheDay(t *testing.T) {
	cal := england(t)
	begins := map[calendar.Kind]func(asOf, day time.Time) bool{
		calendar.Snapshot:            func(asOf, day time.Time) bool { return day.Equal(asOf) },
		calendar.FinancialYearToDate: func(_, day time.Time) bool { return day.Month() == time.April && day.Day() == 1 },
		calendar.AcademicYearToDate:  func(_, day time.Time) bool { return day.Month() == time.September && day.Day() == 1 },
		// Twelve months end on the eve of the date they began on; those that
		// end on 28 February of a leap year began on 1 March.
		calendar.Rolling12Months: func(asOf, day time.Time) bool {
			_, month, date := dayAfter(asOf).Date()
			if month == time.February && date == 29 {
				month, date = time.March, 1
			}
			return day.Month() == month && day.Day() == date
		},
	}
	for kind, begins := range begins {
		for _, asOf := range calendar.Days(firstDay(), lastDay()) {
			starts := asOf
			for !begins(asOf, starts) {
				starts = dayBefore(starts)
			}
			got := cal.At(kind, asOf)
			if got.AsOf != asOf || got.Ends != asOf || got.Starts != starts {
				t.Fatalf("%s as of %s: %s to %s, want from %s",
					kind, formatDate(asOf), formatDate(got.Starts), formatDate(got.Ends), formatDate(starts))
			}
		}
	}
}

func TestReportedPeriodsTile(t *testing.T) {
	cal := england(t)
	for kind := range lastDayOf() {
		labelOf := map[time.Time]string{}
		for _, asOf := range calendar.Days(firstDay(), lastDay()) {
			open, err := cal.ReportPeriod(kind, asOf, 0)
			if err != nil {
				t.Fatal(err)
			}
			if open.AsOf != asOf || open.Ends != asOf || open.Starts.After(asOf) {
				t.Fatalf("open %s as of %s: %+v", kind, formatDate(asOf), open)
			}
			later := open
			for back := 1; back <= 4; back++ {
				closed, err := cal.ReportPeriod(kind, asOf, back)
				if err != nil {
					t.Fatal(err)
				}
				if dayAfter(closed.Ends) != later.Starts || !closed.Starts.Before(closed.Ends) {
					t.Fatalf("%s as of %s: %s to %s is not followed by %s, %d back",
						kind, formatDate(asOf), formatDate(closed.Starts), formatDate(closed.Ends), formatDate(later.Starts), back)
				}
				if closed.AsOf != closed.Ends {
					t.Fatalf("%s as of %s, %d back: looked at from %s, not from its end %s",
						kind, formatDate(asOf), back, formatDate(closed.AsOf), formatDate(closed.Ends))
				}
				if back == 1 && closed.Key() != cal.At(kind, asOf).Key() {
					t.Fatalf("%s as of %s: reported and live differ on the last one closed", kind, formatDate(asOf))
				}
				later = closed
			}
			checkLabel(t, labelOf, open)
		}
		named := map[string]bool{}
		for _, label := range labelOf {
			if named[label] {
				t.Errorf("two %s windows are both called %s", kind, label)
			}
			named[label] = true
		}
	}
}

// checkLabel holds a window to one label from its first day to its last.
func checkLabel(t *testing.T, labelOf map[time.Time]string, open calendar.Period) {
	t.Helper()
	label, seen := labelOf[open.Starts]
	if seen && label != open.Label {
		t.Fatalf("%s is called %s on %s and %s before", open.Kind, open.Label, formatDate(open.AsOf), label)
	}
	labelOf[open.Starts] = open.Label
}

func TestLabelIsTheSameOpenClosedAndLive(t *testing.T) {
	cal := england(t)
	for kind := range lastDayOf() {
		for _, asOf := range calendar.Days(calendar.Date(2023, time.December, 1), calendar.Date(2026, time.April, 30)) {
			live := cal.At(kind, asOf)
			whileOpen, err := cal.ReportPeriod(kind, live.Starts, 0)
			if err != nil {
				t.Fatal(err)
			}
			closed, err := cal.ReportPeriod(kind, asOf, 1)
			if err != nil {
				t.Fatal(err)
			}
			if labels := fmt.Sprint(live.Label, whileOpen.Label, closed.Label); labels != fmt.Sprint(live.Label, live.Label, live.Label) {
				t.Fatalf("%s as of %s: %s", kind, formatDate(asOf), labels)
			}
		}
	}
}
