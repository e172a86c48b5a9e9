package calendar_test

import (
	"slices"
	"testing"
	"time"

	"childrens-services-exporter/exporter/calendar"
)

func TestEveryReportKindHasTheSamePeriodAYearBefore(t *testing.T) {
	cal := england(t)
	for _, report := range calendar.ReportKinds() {
		last, err := cal.ReportPeriod(report.Kind, calendar.Date(2026, time.November, 27), 1)
		if err != nil {
			t.Fatal(err)
		}
		yearBefore, err := cal.ReportPeriod(report.Kind, calendar.Date(2026, time.November, 27), 1+report.PerYear)
		if err != nil {
			t.Fatal(err)
		}
		if !yearBefore.Starts.AddDate(1, 0, 0).Equal(last.Starts) {
			t.Errorf("%s: %s is compared with %s", report.Kind, last.Label, yearBefore.Label)
		}
		for offset := range report.Horizon + 2 {
			period := calendar.ReportPeriod{Period: last, Offset: offset}
			if want := offset == 1 || offset == 1+report.PerYear; period.IsComparison() != want {
				t.Errorf("%s: offset %d is a comparison: %t", report.Kind, offset, period.IsComparison())
			}
			if got := calendar.WithinHorizon(report.Kind, offset); got != (offset <= report.Horizon) {
				t.Errorf("%s: offset %d is within the horizon: %t", report.Kind, offset, got)
			}
		}
		if 1+report.PerYear > report.Horizon {
			t.Errorf("%s: the horizon %d does not reach the same period a year before", report.Kind, report.Horizon)
		}
	}
}

func TestReportKindsAreListedOnceAndSnapshotsAreNone(t *testing.T) {
	seen := map[calendar.Kind]bool{}
	for _, report := range calendar.ReportKinds() {
		if seen[report.Kind] || !slices.Contains(calendar.Kinds(), report.Kind) {
			t.Errorf("%s is listed twice, or is no kind", report.Kind)
		}
		seen[report.Kind] = true
	}
	for _, kind := range []calendar.Kind{calendar.Snapshot, calendar.Rolling12Months, "fortnight"} {
		if calendar.WithinHorizon(kind, 0) {
			t.Errorf("%s is reported by", kind)
		}
	}
}
