package calendar_test

import (
	"strings"
	"testing"
	"time"

	"childrens-services-exporter/exporter/calendar"
)

// As announced for England and Wales in those years.
func TestBankHolidaysOfNamedYears(t *testing.T) {
	for year, want := range map[int]string{
		1995: "01-02 04-14 04-17 05-08 05-29 08-28 12-25 12-26",
		1999: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28 12-31",
		2000: "01-03 04-21 04-24 05-01 05-29 08-28 12-25 12-26",
		2002: "01-01 03-29 04-01 05-06 06-03 06-04 08-26 12-25 12-26",
		2011: "01-03 04-22 04-25 04-29 05-02 05-30 08-29 12-26 12-27",
		2012: "01-02 04-06 04-09 05-07 06-04 06-05 08-27 12-25 12-26",
		2018: "01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26",
		2019: "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26",
		2020: "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28",
		2021: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
		2022: "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
		2023: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
		2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
		2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
		2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
		2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
	} {
		var days []string
		for _, holiday := range calendar.BankHolidays(year) {
			if holiday.Day.Year() != year {
				t.Errorf("%d lists %s", year, formatDate(holiday.Day))
			}
			days = append(days, holiday.Day.Format("01-02"))
		}
		if got := strings.Join(days, " "); got != want {
			t.Errorf("%d:\n got %s\nwant %s", year, got, want)
		}
	}
}

func TestBankHolidayNames(t *testing.T) {
	for day, want := range map[string]string{
		"1999-12-31": "Millennium Eve",
		"2002-06-03": "Golden Jubilee",
		"2002-06-04": "Spring bank holiday",
		"2012-06-05": "Diamond Jubilee",
		"2020-05-08": "Early May bank holiday",
		"2022-06-03": "Platinum Jubilee",
		"2023-05-08": "Coronation of King Charles III",
		"2022-12-26": "Boxing Day",
		"2022-12-27": "Christmas Day (substitute day)",
		"2021-12-28": "Boxing Day (substitute day)",
		"2022-01-03": "New Year's Day (substitute day)",
	} {
		var got string
		for _, holiday := range calendar.BankHolidays(date(t, day).Year()) {
			if formatDate(holiday.Day) == day {
				got = holiday.Name
			}
		}
		if got != want {
			t.Errorf("%s: %q, want %q", day, got, want)
		}
	}
}

func TestBankHolidaysAreEightWeekdaysOrMore(t *testing.T) {
	for year := 1990; year <= 2100; year++ {
		holidays := calendar.BankHolidays(year)
		if len(holidays) < 8 {
			t.Errorf("%d has %d", year, len(holidays))
		}
		for i, holiday := range holidays {
			if weekday := holiday.Day.Weekday(); weekday == time.Saturday || weekday == time.Sunday {
				t.Errorf("%s is a %s", formatDate(holiday.Day), weekday)
			}
			if i > 0 && !holiday.Day.After(holidays[i-1].Day) {
				t.Errorf("%s does not come after %s", formatDate(holiday.Day), formatDate(holidays[i-1].Day))
			}
		}
	}
	if got := calendar.BankHolidays(1989); got != nil {
		t.Errorf("1989 is before the first year known, but has %v", got)
	}
}

func TestEasterOfNamedYears(t *testing.T) {
	for _, sunday := range []string{
		"1990-04-15", "1995-04-16", "2000-04-23", "2008-03-23", "2011-04-24", "2016-03-27", "2019-04-21",
		"2024-03-31", "2025-04-20", "2026-04-05", "2035-03-25", "2038-04-25", "2049-04-18", "2076-04-19",
	} {
		checkEaster(t, date(t, sunday))
	}
}

// The same feast by Gauss's rule, which has nothing in common with ours but
// the answer.
func TestEasterAgreesWithGauss(t *testing.T) {
	for year := 1990; year <= 2100; year++ {
		century := year / 100
		m := (15 - (13+8*century)/25 + century - century/4) % 30
		n := (4 + century - century/4) % 7
		d := (19*(year%19) + m) % 30
		e := (2*(year%4) + 4*(year%7) + 6*d + n) % 7
		sunday := calendar.Date(year, time.March, 22+d+e)
		if e == 6 && (d == 29 || d == 28 && year%19 > 10) {
			sunday = sunday.AddDate(0, 0, -7)
		}
		checkEaster(t, sunday)
	}
}

func checkEaster(t *testing.T, sunday time.Time) {
	t.Helper()
	days := map[string]string{}
	for _, holiday := range calendar.BankHolidays(sunday.Year()) {
		days[holiday.Name] = formatDate(holiday.Day)
	}
	if friday := formatDate(sunday.AddDate(0, 0, -2)); days["Good Friday"] != friday {
		t.Errorf("Good Friday %s, want %s", days["Good Friday"], friday)
	}
	if monday := formatDate(dayAfter(sunday)); days["Easter Monday"] != monday {
		t.Errorf("Easter Monday %s, want %s", days["Easter Monday"], monday)
	}
}
