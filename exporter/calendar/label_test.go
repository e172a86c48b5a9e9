package calendar_test

import (
	"testing"
	"time"

	"childrens-services-exporter/exporter/calendar"
)

func TestParseLabelReadsTheLabelsOfReportPeriods(t *testing.T) {
	cal, err := calendar.New(calendar.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []calendar.Kind{calendar.Quarter, calendar.FinancialYear, calendar.Month, calendar.CalendarYear} {
		for back := 1; back <= 40 && (kind != calendar.FinancialYear && kind != calendar.CalendarYear || back <= 14); back++ {
			want, err := cal.ReportPeriod(kind, calendar.Date(2026, time.November, 27), back)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := cal.ParseLabel(" " + want.Label + "\n"); err != nil || got != want {
				t.Errorf("%s: got %+v, %v, want %+v", want.Label, got, err, want)
			}
		}
	}
	if got, err := cal.ParseLabel("2009-10"); err != nil || got.Kind != calendar.FinancialYear {
		t.Errorf("2009-10 is %+v, %v", got, err)
	}
	for _, label := range []string{"", "2026-27 Q0", "2026-27 Q5", "2026-28", "2026-27 Q2 ", "2026-13", "26-27", "-001-00", "2026-27Q2", "2026-27 q2", "2026-27 Q2x", "autumn"} {
		if got, err := cal.ParseLabel(label); (err == nil) != (label == "2026-27 Q2 ") {
			t.Errorf("%q: got %+v, %v", label, got, err)
		}
	}
}
