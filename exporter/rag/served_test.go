package rag_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/rag"
)

func TestOfTheMonthsOnlyTheLastAndTheSameOfLastYearAreServed(t *testing.T) {
	cal, err := definition.Settings{}.NewCalendar()
	if err != nil {
		t.Fatal(err)
	}
	served := map[calendar.Kind][]string{}
	cohort := &definition.Cohort{Windows: []calendar.Kind{calendar.Month, calendar.Quarter, calendar.FinancialYear}}
	for _, one := range rag.ServedPeriods(cal, cohort, calendar.Date(2024, time.February, 29)) {
		served[one.Period.Kind] = append(served[one.Period.Kind], one.Period.Label)
	}
	want := map[calendar.Kind][]string{
		calendar.Month: {"2024-01", "2023-01"},
		calendar.Quarter: {
			"2023-24 Q4", "2023-24 Q3", "2023-24 Q2", "2023-24 Q1", "2022-23 Q4", "2022-23 Q3", "2022-23 Q2", "2022-23 Q1", "2021-22 Q4",
		},
		calendar.FinancialYear: {"2023-24", "2022-23", "2021-22", "2020-21"},
	}
	if diff := cmp.Diff(want, served); diff != "" {
		t.Error(diff)
	}
}

// judgedPeriods are a ratio's periods of several kinds, each judged and with its parts.
func judgedPeriods(indicator *definition.Indicator, backs map[calendar.Kind]int) (readings []rag.PeriodObservation, judged []rag.PeriodRating) {
	for kind, most := range backs {
		for back := range most + 1 {
			reading := rag.PeriodObservation{
				ReportPeriod: rag.ReportPeriod{Period: calendar.Period{Kind: kind, Label: fmt.Sprint(kind, " ", back)}, Offset: back},
				Observation:  definition.Observation{Indicator: indicator, Value: new(0.5), Numerator: new(5.0), Denominator: new(10.0)},
			}
			readings = append(readings, reading)
			judged = append(judged, rag.PeriodRating{PeriodObservation: reading, Status: new(rag.Watch)})
		}
	}
	return readings, judged
}

func TestBriefKeepsWhatIsReadBesideAValue(t *testing.T) {
	quarterly := &definition.Indicator{Name: "childrens_cp_visits_on_time_ratio"}
	school := &definition.Indicator{Name: "childrens_attendance_ratio"}
	readings, judged := judgedPeriods(quarterly, map[calendar.Kind]int{calendar.Month: 13, calendar.FinancialYear: 3, calendar.Quarter: 8})
	others, more := judgedPeriods(school, map[calendar.Kind]int{calendar.AcademicYear: 3, calendar.Term: 9})
	readings, judged = append(readings, others...), append(judged, more...)

	by := rag.PrimaryKind(readings)
	if by[quarterly] != calendar.Quarter || by[school] != calendar.Term {
		t.Fatalf("judged by %v", by)
	}
	var statuses, parts []string
	brief := rag.TrimForScrape(judged, by)
	for _, one := range brief {
		if one.Observation.Value == nil {
			t.Errorf("%s has no value", one.Period.Label)
		}
		if one.Status != nil {
			statuses = append(statuses, one.Period.Label)
		}
		if one.Observation.Numerator != nil && one.Observation.Denominator != nil {
			parts = append(parts, one.Period.Label)
		}
	}
	slices.Sort(statuses)
	slices.Sort(parts)
	if diff := cmp.Diff([]string{"quarter 1", "quarter 5", "term 1", "term 4"}, parts); diff != "" {
		t.Error(diff)
	}
	if want := 9 + 10; len(statuses) != want || statuses[0] != "quarter 0" || statuses[want-1] != "term 9" {
		t.Errorf("statuses of %v", statuses)
	}
	if judged[0].Observation.Numerator == nil || judged[0].Status == nil {
		t.Error("what was judged has changed")
	}
}
