package reportperiod_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/reportperiod"
)

func TestServedMonthsAreTheLastAndTheSameOneOfLastYear(t *testing.T) {
	cal, err := config.Settings{}.NewCalendar()
	if err != nil {
		t.Fatal(err)
	}
	labels := map[calendar.Kind][]string{}
	cohort := &definition.Cohort{Windows: []calendar.Kind{calendar.Month, calendar.Quarter, calendar.FinancialYear}}
	for _, period := range reportperiod.Served(cal, cohort, calendar.Date(2024, time.February, 29)) {
		labels[period.Period.Kind] = append(labels[period.Period.Kind], period.Period.Label)
	}
	want := map[calendar.Kind][]string{
		calendar.Month: {"2024-01", "2023-01"},
		calendar.Quarter: {
			"2023-24 Q4", "2023-24 Q3", "2023-24 Q2", "2023-24 Q1", "2022-23 Q4", "2022-23 Q3", "2022-23 Q2", "2022-23 Q1", "2021-22 Q4",
		},
		calendar.FinancialYear: {"2023-24", "2022-23", "2021-22", "2020-21"},
	}
	if diff := cmp.Diff(want, labels); diff != "" {
		t.Error(diff)
	}
}

func TestUntilFallsBackToTheFirstReportKindOfTheCohort(t *testing.T) {
	cal, err := config.Settings{}.NewCalendar()
	if err != nil {
		t.Fatal(err)
	}
	today := calendar.Date(2026, time.November, 27)
	quarter, err := cal.ReportPeriod(calendar.Quarter, today, 1)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name    string
		windows []calendar.Kind
		want    string
	}{
		{"quarters", []calendar.Kind{calendar.Month, calendar.Quarter, calendar.FinancialYear}, "2026-27 Q2"},
		{"twelve months to the end of a quarter", []calendar.Kind{calendar.FinancialYear, calendar.Rolling12Months}, "2026-27 Q2"},
		{"terms", []calendar.Kind{calendar.Term, calendar.AcademicYearToDate, calendar.AcademicYear}, "2025/26 summer"},
		{"academic years", []calendar.Kind{calendar.AcademicYear}, "2025/26"},
	} {
		periods := reportperiod.Until(cal, &definition.Cohort{Windows: test.windows}, quarter, today)
		if len(periods) == 0 || periods[0].Period.Label != test.want || periods[0].Offset != 1 {
			t.Errorf("%s: %+v, want %s first", test.name, periods, test.want)
		}
	}
}
