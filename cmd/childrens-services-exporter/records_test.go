package main

import (
	"context"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"childrens-services-exporter/exporter/catalogue"
	"childrens-services-exporter/exporter/period"
	"childrens-services-exporter/exporter/warehouse"
)

// TestRecordsAddUpToEveryNumber lists the rows behind every indicator in every
// window, for the authority and for each team, and adds them up again.
func TestRecordsAddUpToEveryNumber(t *testing.T) {
	day := period.Date(2026, time.April, 10)
	_, opened := syntheticCouncil(t, day)
	compared, behind := 0, 0.0
	for _, source := range opened.sources {
		read(t, source, day, func(ctx context.Context, reading *warehouse.Reading) error {
			for _, plan := range reading.Plans {
				var periods []period.Period
				for _, kind := range plan.Cohort.Windows {
					periods = append(periods, plan.Cohort.Period(opened.calendar, kind, day))
				}
				answer, err := reading.Evaluate(ctx, plan, periods)
				if err != nil {
					t.Errorf("%s: %s", plan.Cohort.Name, warehouse.Reason(err))
					continue
				}
				for _, p := range periods {
					for _, number := range answer.Readings(p, opened.settings.Populations) {
						if !onlyByTeam(number) {
							continue
						}
						team := strings.Join(number.Labels[:min(len(number.Labels), 1)], "")
						if number.By == "" {
							team = ""
						}
						records, err := reading.Records(ctx, opened.catalogue, number.Indicator, p, team)
						if err != nil {
							return err
						}
						behind += addUp(t, number, records)
						compared++
					}
				}
			}
			return nil
		})
	}
	if compared < len(opened.catalogue.Indicators()) || behind == 0 {
		t.Errorf("only %d numbers of %d indicators compared, resting on %v rows", compared, len(opened.catalogue.Indicators()), behind)
	}
	t.Logf("%d numbers, %v rows", compared, behind)
}

// onlyByTeam picks the numbers that records can be asked for.
func onlyByTeam(number catalogue.Reading) bool {
	if number.By == "" {
		return true
	}
	return slices.ContainsFunc(number.Indicator.Breakdowns, func(b catalogue.Breakdown) bool {
		return b.By == number.By && slices.Equal(b.Labels, []string{"team"})
	})
}

// addUp compares a number with its records and gives how many rows there are.
func addUp(t *testing.T, number catalogue.Reading, records warehouse.Records) float64 {
	t.Helper()
	rows := float64(len(records.Rows))
	measure := number.Indicator.Measure
	same := func(what string, fromRecords, metric float64) {
		if math.Abs(fromRecords-metric) > 1e-9 { // hours of work are no whole numbers
			t.Errorf("%s by %q %v, %s: %s of the records is %v, the metric says %v",
				number.Indicator.Name, number.By, number.Labels, number.Period.Kind, what, fromRecords, metric)
		}
	}
	switch measure.Kind {
	case catalogue.Rate:
		if measure.Among.Sum {
			rows = sumOf(t, records, "counted")
		}
		same("number", rows, number.Rows)
	case catalogue.Count, catalogue.Mean, catalogue.Median, catalogue.Max:
		same("number", rows, number.Rows)
	case catalogue.Sum:
		same("sum", sumOf(t, records, "amount"), *number.Value)
	case catalogue.Ratio:
		denominator := rows
		if measure.Denominator.Sum {
			denominator = sumOf(t, records, "denominator")
		}
		numerator := countOf(records, "numerator", "true")
		if measure.Numerator.Sum {
			numerator = sumOf(t, records, "numerator")
		}
		same("numerator", numerator, *number.Numerator)
		same("denominator", denominator, *number.Denominator)
	case catalogue.Bands:
		same("band", countOf(records, measure.BandLabel, number.Labels[len(number.Labels)-1]), *number.Value)
	}
	return rows
}

func countOf(records warehouse.Records, column, value string) float64 {
	rows := 0.0
	at := slices.Index(records.Columns, column)
	for _, row := range records.Rows {
		if slices.Contains(strings.Split(row[at], catalogue.BandSeparator), value) {
			rows++
		}
	}
	return rows
}

func sumOf(t *testing.T, records warehouse.Records, column string) float64 {
	t.Helper()
	sum := 0.0
	at := slices.Index(records.Columns, column)
	for _, row := range records.Rows {
		if row[at] == "" {
			continue
		}
		amount, err := strconv.ParseFloat(row[at], 64)
		if err != nil {
			t.Fatalf("%s is no number", column)
		}
		sum += amount
	}
	return sum
}
