package main

import (
	"context"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/definition/query"
	"childrens-services-exporter/exporter/postgres"
	"childrens-services-exporter/exporter/source"
)

// recordsAddUpToEveryNumber lists the rows behind every indicator in every
// window, for the authority and for each team, and adds them up again.
func recordsAddUpToEveryNumber(t *testing.T, opened *app, day time.Time) {
	compared, requests, behind := 0, 0, 0.0
	for _, src := range opened.sources {
		read(t, src, day, func(ctx context.Context, reading *source.Session) error {
			for _, plan := range reading.Plans {
				var periods []calendar.Period
				for _, kind := range plan.Cohort.Windows {
					periods = append(periods, plan.Cohort.Period(opened.calendar, kind, day))
				}
				answer, err := reading.Evaluate(ctx, plan, periods)
				if err != nil {
					t.Errorf("%s: %s", plan.Cohort.Name, postgres.Describe(err))
					continue
				}
				for _, p := range periods {
					lists := listing{of: map[listingKey]source.Records{}, read: func(indicator *definition.Indicator, team string) (source.Records, error) {
						requests++
						return reading.Records(ctx, opened.catalogue, indicator, p, team)
					}}
					for _, number := range answer.Observations(p) {
						if !onlyByTeam(number) {
							continue
						}
						team := strings.Join(number.Labels[:min(len(number.Labels), 1)], "")
						if number.By == "" {
							team = ""
						}
						records, err := lists.records(t, number.Indicator, team, p.Kind == number.Indicator.Headline)
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
	t.Logf("%d numbers, %v rows, asked for %d times", compared, behind, requests)
}

// listing holds the rows that were listed for a period, so that nothing is asked
// for twice.
type listing struct {
	of   map[listingKey]source.Records
	read func(indicator *definition.Indicator, team string) (source.Records, error)
}

type listingKey struct {
	indicator *definition.Indicator
	team      string
}

// runRecords lists the rows of the authority, or of a team. Most teams' rows are
// picked from the authority's; one team of each indicator is asked for in its
// headline window, and every team in every window with EVERY_DAY. Where teams
// are given rows that the authority's number leaves out, each is asked for.
func (l listing) records(t *testing.T, indicator *definition.Indicator, team string, headline bool) (source.Records, error) {
	t.Helper()
	key := listingKey{indicator, team}
	if records, done := l.of[key]; done {
		return records, nil
	}
	first := true
	for other := range l.of {
		first = first && (other.indicator != indicator || other.team == "")
	}
	authority, done := l.of[listingKey{indicator, ""}]
	picked := team != "" && done && !everyRowByTeam(indicator)
	if picked && !everyDay() && (!headline || !first) {
		l.of[key] = ofTeam(authority, team)
		return l.of[key], nil
	}
	records, err := l.read(indicator, team)
	if err != nil {
		return records, err
	}
	if picked {
		if diff := cmp.Diff(ofTeam(authority, team), records, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s of a team (-picked +listed):\n%s", indicator.Name, diff)
		}
	}
	l.of[key] = records
	return records, nil
}

// ofTeam picks a team's rows from those of the authority.
func ofTeam(records source.Records, team string) source.Records {
	at := slices.Index(records.Columns, "team")
	picked := source.Records{Columns: records.Columns}
	for _, row := range records.Rows {
		if name := strings.TrimSpace(row[at]); name == team || name == "" && team == "unknown" {
			picked.Rows = append(picked.Rows, row)
		}
	}
	return picked
}

// everyRowByTeam is true where teams are given rows that the authority's number
// leaves out.
func everyRowByTeam(indicator *definition.Indicator) bool {
	return slices.ContainsFunc(indicator.Breakdowns, func(b definition.Breakdown) bool {
		return b.IgnoreFilter && slices.Equal(b.Labels, []string{"team"})
	})
}

// onlyByTeam picks the numbers that records can be asked for.
func onlyByTeam(number definition.Observation) bool {
	if number.By == "" {
		return true
	}
	return slices.ContainsFunc(number.Indicator.Breakdowns, func(b definition.Breakdown) bool {
		return b.By == number.By && slices.Equal(b.Labels, []string{"team"})
	})
}

// addUp compares a number with its records and gives how many rows there are.
func addUp(t *testing.T, number definition.Observation, records source.Records) float64 {
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
	case definition.Rate:
		if measure.RateDenominator.Sum {
			rows = sumOf(t, records, "numerator")
		}
		same("number", rows, number.Rows)
	case definition.Count, definition.Mean, definition.Median, definition.Max:
		same("number", rows, number.Rows)
	case definition.Sum:
		same("sum", sumOf(t, records, "amount"), *number.Value)
	case definition.Ratio:
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
	case definition.Bands:
		same("band", countOf(records, measure.BandLabel, number.Labels[len(number.Labels)-1]), *number.Value)
	}
	return rows
}

func countOf(records source.Records, column, value string) float64 {
	rows := 0.0
	// The flags come last, and a band may be named like the column it is made of.
	at := len(records.Columns) - 1
	for records.Columns[at] != column {
		at--
	}
	for _, row := range records.Rows {
		if slices.Contains(strings.Split(row[at], query.BandSeparator), value) {
			rows++
		}
	}
	return rows
}

func sumOf(t *testing.T, records source.Records, column string) float64 {
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
