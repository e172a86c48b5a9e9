package calendar_test

import (
	"testing"
	"time"

	"childrens-services-exporter/exporter/calendar"
)

func TestAtOnNamedDays(t *testing.T) {
	cal := england(t)
	for _, c := range []struct {
		asOf         string
		kind         calendar.Kind
		label        string
		starts, ends string
	}{
		// 31 March: the year is over only tomorrow.
		{"2026-03-31", calendar.Snapshot, "2026-03-31", "2026-03-31", "2026-03-31"},
		{"2026-03-31", calendar.Week, "2026-W13", "2026-03-23", "2026-03-29"},
		{"2026-03-31", calendar.Month, "2026-02", "2026-02-01", "2026-02-28"},
		{"2026-03-31", calendar.Quarter, "2025-26 Q3", "2025-10-01", "2025-12-31"},
		{"2026-03-31", calendar.FinancialYear, "2024-25", "2024-04-01", "2025-03-31"},
		{"2026-03-31", calendar.FinancialYearToDate, "to 2026-03-31", "2025-04-01", "2026-03-31"},
		{"2026-03-31", calendar.Rolling12Months, "to 2026-03-31", "2025-04-01", "2026-03-31"},
		{"2026-04-01", calendar.Month, "2026-03", "2026-03-01", "2026-03-31"},
		{"2026-04-01", calendar.Quarter, "2025-26 Q4", "2026-01-01", "2026-03-31"},
		{"2026-04-01", calendar.FinancialYear, "2025-26", "2025-04-01", "2026-03-31"},
		{"2026-04-01", calendar.FinancialYearToDate, "to 2026-04-01", "2026-04-01", "2026-04-01"},
		// 31 August: so is the academic year.
		{"2026-08-31", calendar.AcademicYear, "2024/25", "2024-09-01", "2025-08-31"},
		{"2026-08-31", calendar.AcademicYearToDate, "to 2026-08-31", "2025-09-01", "2026-08-31"},
		{"2026-08-31", calendar.Term, "2025/26 spring", "2026-01-01", "2026-04-15"},
		{"2026-09-01", calendar.AcademicYear, "2025/26", "2025-09-01", "2026-08-31"},
		{"2026-09-01", calendar.AcademicYearToDate, "to 2026-09-01", "2026-09-01", "2026-09-01"},
		{"2026-09-01", calendar.Term, "2025/26 summer", "2026-04-16", "2026-08-31"},
		// 1 January, in the ISO week of the old year or of the new.
		{"2026-01-01", calendar.CalendarYear, "2025", "2025-01-01", "2025-12-31"},
		{"2026-01-01", calendar.Term, "2025/26 autumn", "2025-09-01", "2025-12-31"},
		{"2026-01-01", calendar.Quarter, "2025-26 Q3", "2025-10-01", "2025-12-31"},
		{"2026-01-01", calendar.Week, "2025-W52", "2025-12-22", "2025-12-28"},
		{"2026-01-05", calendar.Week, "2026-W01", "2025-12-29", "2026-01-04"},
		{"2021-01-04", calendar.Week, "2020-W53", "2020-12-28", "2021-01-03"},
		{"2025-12-31", calendar.CalendarYear, "2024", "2024-01-01", "2024-12-31"},
		// A week is closed from Monday on, not on its own Sunday.
		{"2026-03-29", calendar.Week, "2026-W12", "2026-03-16", "2026-03-22"},
		{"2026-03-30", calendar.Week, "2026-W13", "2026-03-23", "2026-03-29"},
		// 29 February.
		{"2024-02-28", calendar.Rolling12Months, "to 2024-02-28", "2023-03-01", "2024-02-28"},
		{"2024-02-29", calendar.Rolling12Months, "to 2024-02-29", "2023-03-01", "2024-02-29"},
		{"2024-03-01", calendar.Rolling12Months, "to 2024-03-01", "2023-03-02", "2024-03-01"},
		{"2025-02-27", calendar.Rolling12Months, "to 2025-02-27", "2024-02-28", "2025-02-27"},
		{"2025-02-28", calendar.Rolling12Months, "to 2025-02-28", "2024-03-01", "2025-02-28"},
		{"2024-03-01", calendar.Month, "2024-02", "2024-02-01", "2024-02-29"},
		{"2024-02-29", calendar.Snapshot, "2024-02-29", "2024-02-29", "2024-02-29"},
		// The turn of the century in two figures.
		{"2000-04-01", calendar.FinancialYear, "1999-00", "1999-04-01", "2000-03-31"},
		{"2000-09-01", calendar.AcademicYear, "1999/00", "1999-09-01", "2000-08-31"},
	} {
		got := cal.At(c.kind, date(t, c.asOf))
		want := calendar.Period{
			AsOf: date(t, c.asOf), Kind: c.kind, Label: c.label, Starts: date(t, c.starts), Ends: date(t, c.ends),
		}
		if got != want {
			t.Errorf("%s as of %s:\n got %+v\nwant %+v", c.kind, c.asOf, got, want)
		}
	}
}

func TestReportPeriodOnNamedDays(t *testing.T) {
	cal := england(t)
	for _, c := range []struct {
		asOf         string
		kind         calendar.Kind
		back         int
		label        string
		starts, ends string
	}{
		{"2026-02-10", calendar.Quarter, 0, "2025-26 Q4", "2026-01-01", "2026-02-10"},
		{"2026-02-10", calendar.Quarter, 1, "2025-26 Q3", "2025-10-01", "2025-12-31"},
		{"2026-02-10", calendar.Quarter, 8, "2023-24 Q4", "2024-01-01", "2024-03-31"},
		{"2026-03-31", calendar.Quarter, 0, "2025-26 Q4", "2026-01-01", "2026-03-31"},
		{"2026-04-01", calendar.Quarter, 0, "2026-27 Q1", "2026-04-01", "2026-04-01"},
		{"2026-04-01", calendar.Quarter, 1, "2025-26 Q4", "2026-01-01", "2026-03-31"},
		{"2024-03-31", calendar.Month, 1, "2024-02", "2024-02-01", "2024-02-29"},
		{"2024-03-31", calendar.Month, 13, "2023-02", "2023-02-01", "2023-02-28"},
		{"2026-08-31", calendar.AcademicYear, 0, "2025/26", "2025-09-01", "2026-08-31"},
		{"2026-01-01", calendar.Term, 0, "2025/26 spring", "2026-01-01", "2026-01-01"},
		{"2026-01-01", calendar.Term, 3, "2024/25 spring", "2025-01-01", "2025-04-15"},
		{"2026-01-01", calendar.CalendarYear, 3, "2023", "2023-01-01", "2023-12-31"},
		{"2026-01-01", calendar.Week, 0, "2026-W01", "2025-12-29", "2026-01-01"},
		{"2026-04-01", calendar.FinancialYear, 3, "2023-24", "2023-04-01", "2024-03-31"},
	} {
		got, err := cal.ReportPeriod(c.kind, date(t, c.asOf), c.back)
		if err != nil {
			t.Fatal(err)
		}
		want := calendar.Period{
			AsOf: date(t, c.ends), Kind: c.kind, Label: c.label, Starts: date(t, c.starts), Ends: date(t, c.ends),
		}
		if got != want {
			t.Errorf("%s as of %s, %d back:\n got %+v\nwant %+v", c.kind, c.asOf, c.back, got, want)
		}
	}
}

func TestReportPeriodRefusesRunningKinds(t *testing.T) {
	cal := england(t)
	day := calendar.Date(2026, time.March, 31)
	for _, kind := range []calendar.Kind{
		calendar.Snapshot, calendar.FinancialYearToDate, calendar.Rolling12Months, calendar.AcademicYearToDate, "fortnight",
	} {
		if got, err := cal.ReportPeriod(kind, day, 1); err == nil {
			t.Errorf("%s: got %+v, want an error", kind, got)
		}
	}
	if got, err := cal.ReportPeriod(calendar.Quarter, day, -1); err == nil {
		t.Errorf("one quarter ahead: got %+v, want an error", got)
	}
}

func TestAtPanicsOnAKindThatDoesNotExist(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a fortnight was given a window")
		}
	}()
	england(t).At("fortnight", calendar.Date(2026, time.March, 31))
}
