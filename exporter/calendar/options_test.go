package calendar_test

import (
	"strings"
	"testing"
	"time"

	"childrens-services-exporter/exporter/calendar"
)

func TestNewRefuses(t *testing.T) {
	day := func(text string) []time.Time { return []time.Time{date(t, text)} }
	terms := func(terms ...calendar.TermStart) calendar.Options { return calendar.Options{Terms: terms} }
	autumn := calendar.TermStart{Name: "autumn", Month: time.September, Day: 1}
	for _, c := range []struct {
		says    string
		options calendar.Options
	}{
		{"empty", terms(calendar.TermStart{Month: time.September, Day: 1})},
		{"spaces", terms(calendar.TermStart{Name: " autumn", Month: time.September, Day: 1})},
		{"twice", terms(autumn, calendar.TermStart{Name: "autumn", Month: time.January, Day: 1})},
		{"not a date", terms(autumn, calendar.TermStart{Name: "spring", Month: time.February, Day: 29})},
		{"not a date", terms(autumn, calendar.TermStart{Name: "spring", Month: 13, Day: 1})},
		{"not a date", terms(autumn, calendar.TermStart{Name: "spring", Month: 0, Day: 1})},
		{"before August", terms(calendar.TermStart{Name: "spring", Month: time.January, Day: 1}, autumn)},
		{"in order", terms(autumn, calendar.TermStart{Name: "summer", Month: time.April, Day: 16}, calendar.TermStart{Name: "spring", Month: time.January, Day: 1})},
		{"in order", terms(autumn, calendar.TermStart{Name: "spring", Month: time.September, Day: 1})},
		{"Saturday", calendar.Options{BankHolidays: day("2026-12-26")}},
		{"Sunday", calendar.Options{ExtraBankHolidays: day("2026-03-29")}},
		{"Saturday", calendar.Options{NotBankHolidays: day("2026-12-26")}},
		{"both", calendar.Options{ExtraBankHolidays: day("2026-05-04"), NotBankHolidays: day("2026-05-04")}},
		{"missing", calendar.Options{ExtraBankHolidays: []time.Time{{}}}},
		{"00:00 UTC", calendar.Options{ExtraBankHolidays: []time.Time{time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC)}}},
	} {
		_, err := calendar.New(c.options)
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%+v: error %v does not say %q", c.options, err, c.says)
		}
	}
}

func TestTermsOfTheCouncil(t *testing.T) {
	six := []calendar.TermStart{
		{Name: "term 1", Month: time.September, Day: 2},
		{Name: "term 2", Month: time.October, Day: 30},
		{Name: "term 3", Month: time.January, Day: 3},
		{Name: "term 4", Month: time.February, Day: 19},
		{Name: "term 5", Month: time.April, Day: 14},
		{Name: "term 6", Month: time.June, Day: 1},
	}
	cal := calendarOf(t, calendar.Options{Terms: six})
	// What the caller does with its list afterwards is no concern of ours.
	six[0].Day = 9
	for _, c := range []struct {
		asOf         string
		kind         calendar.Kind
		label        string
		starts, ends string
	}{
		{"2026-09-01", calendar.Term, "2025/26 term 5", "2026-04-14", "2026-05-31"},
		{"2026-09-02", calendar.Term, "2025/26 term 6", "2026-06-01", "2026-09-01"},
		{"2026-01-02", calendar.Term, "2025/26 term 1", "2025-09-02", "2025-10-29"},
		{"2026-01-03", calendar.Term, "2025/26 term 2", "2025-10-30", "2026-01-02"},
		{"2026-09-02", calendar.AcademicYear, "2025/26", "2025-09-02", "2026-09-01"},
		{"2026-09-01", calendar.AcademicYearToDate, "to 2026-09-01", "2025-09-02", "2026-09-01"},
	} {
		got := cal.At(c.kind, date(t, c.asOf))
		if got.Label != c.label || formatDate(got.Starts) != c.starts || formatDate(got.Ends) != c.ends {
			t.Errorf("%s as of %s: %s, %s to %s", c.kind, c.asOf, got.Label, formatDate(got.Starts), formatDate(got.Ends))
		}
	}
	open, err := cal.ReportPeriod(calendar.Term, lastDay(), 0)
	if err != nil {
		t.Fatal(err)
	}
	for back := 1; back <= 6*40; back++ {
		closed, err := cal.ReportPeriod(calendar.Term, lastDay(), back)
		if err != nil {
			t.Fatal(err)
		}
		if dayAfter(closed.Ends) != open.Starts {
			t.Fatalf("%s ends %s, %s starts %s", closed.Label, formatDate(closed.Ends), open.Label, formatDate(open.Starts))
		}
		open = closed
	}
}

func TestBankHolidaysOfTheCouncil(t *testing.T) {
	moved, substitute := date(t, "2029-05-07"), date(t, "2029-05-11")
	boxing := date(t, "2029-12-26")
	for _, c := range []struct {
		name    string
		options calendar.Options
		holiday map[time.Time]bool
	}{
		{"England's own", calendar.Options{}, map[time.Time]bool{moved: true, substitute: false, boxing: true}},
		{
			"one moved", calendar.Options{ExtraBankHolidays: []time.Time{substitute}, NotBankHolidays: []time.Time{moved}},
			map[time.Time]bool{moved: false, substitute: true, boxing: true},
		},
		{
			"a list of its own", calendar.Options{BankHolidays: []time.Time{substitute}},
			map[time.Time]bool{moved: false, substitute: true, boxing: false},
		},
		{
			"a list and one more", calendar.Options{BankHolidays: []time.Time{substitute}, ExtraBankHolidays: []time.Time{boxing}},
			map[time.Time]bool{moved: false, substitute: true, boxing: true},
		},
		{"none", calendar.Options{BankHolidays: []time.Time{}}, map[time.Time]bool{moved: false, substitute: false, boxing: false}},
		{
			"settings a later release has caught up with",
			calendar.Options{ExtraBankHolidays: []time.Time{boxing}, NotBankHolidays: []time.Time{substitute}},
			map[time.Time]bool{moved: true, substitute: false, boxing: true},
		},
	} {
		cal := calendarOf(t, c.options)
		for day, holiday := range c.holiday {
			if cal.IsWorkingDay(day) == holiday {
				t.Errorf("%s: %s is a holiday: want %t", c.name, formatDate(day), holiday)
			}
		}
	}
}
