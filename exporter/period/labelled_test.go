package period_test

import (
	"testing"
	"time"

	"childrens-services-exporter/exporter/period"
)

func TestLabelledReadsBackTheLabelsOfReportedPeriods(t *testing.T) {
	calendar, err := period.New(period.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []period.Kind{period.Quarter, period.FinancialYear, period.Month, period.CalendarYear} {
		for back := 1; back <= 40 && (kind != period.FinancialYear && kind != period.CalendarYear || back <= 14); back++ {
			want, err := calendar.Reported(kind, period.Date(2026, time.November, 27), back)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := calendar.Labelled(" " + want.Label + "\n"); err != nil || got != want {
				t.Errorf("%s: got %+v, %v, want %+v", want.Label, got, err, want)
			}
		}
	}
	if got, err := calendar.Labelled("2009-10"); err != nil || got.Kind != period.FinancialYear {
		t.Errorf("2009-10 is %+v, %v", got, err)
	}
	for _, label := range []string{"", "2026-27 Q0", "2026-27 Q5", "2026-28", "2026-27 Q2 ", "2026-13", "26-27", "-001-00", "2026-27Q2", "2026-27 q2", "2026-27 Q2x", "autumn"} {
		if got, err := calendar.Labelled(label); (err == nil) != (label == "2026-27 Q2 ") {
			t.Errorf("%q: got %+v, %v", label, got, err)
		}
	}
}
