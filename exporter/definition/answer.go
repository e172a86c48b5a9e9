package definition

import (
	"fmt"
	"strings"
	"time"

	"childrens-services-exporter/exporter/calendar"
)

// Row is one row of a statement's answer.
type Row struct {
	Kind     string
	Ends     time.Time
	Grouping int
	Labels   []string
	Values   []*float64
	// Rows is how many rows of the cohort the group has.
	Rows     int64
	Repeated int64
}

// Columns gives the number of label and value columns of a row.
func (s *Statement) Columns() (labels, values int) { return len(s.labels), len(s.slots) }

// Result is what a statement found, ready to be asked for periods.
type Result struct {
	statement *Statement
	rows      map[answerKey][]Row
}

type answerKey struct {
	kind calendar.Kind
	ends time.Time
}

// GrainError tells that a cohort gives more rows than its grain says.
type GrainError struct {
	Grain    []string
	Repeated int64
}

func (e *GrainError) Error() string {
	return fmt.Sprintf("%d rows repeat the grain %s within a period; make the cohort's SQL give one row each",
		e.Repeated, strings.Join(e.Grain, ", "))
}

// Explain gives the error's text, which quotes no row.
func (e *GrainError) Explain() string { return e.Error() }

// NewResult takes a statement's rows. It fails where a row of the cohort is not
// what its grain says, since every number would then count somebody twice.
func NewResult(statement *Statement, rows []Row) (*Result, error) {
	answer := &Result{statement, map[answerKey][]Row{}}
	for _, row := range rows {
		if row.Repeated > 0 {
			return nil, &GrainError{Grain: statement.Cohort.Grain, Repeated: row.Repeated}
		}
		key := answerKey{calendar.Kind(row.Kind), civil(row.Ends)}
		answer.rows[key] = append(answer.rows[key], row)
	}
	return answer, nil
}

func civil(t time.Time) time.Time {
	year, month, day := t.Date()
	return calendar.Date(year, month, day)
}

// Rows counts the cohort's rows in a period.
func (a *Result) Rows(p calendar.Period) int64 {
	for _, row := range a.rows[answerKey{p.Kind, p.Ends}] {
		if row.Grouping == a.statement.grouping(nil) {
			return row.Rows
		}
	}
	return 0
}

// Observations gives every indicator's readings for a period. A period in which the
// cohort has no row still answers: its counts are a true zero.
func (a *Result) Observations(p calendar.Period, populations Populations) []Observation {
	rows := a.rows[answerKey{p.Kind, p.Ends}]
	var readings []Observation
	for _, indicator := range a.statement.Cohort.Indicators {
		if !indicator.BreakdownOnly {
			readings = append(readings, a.total(indicator, p, rows, populations)...)
		}
		for _, breakdown := range indicator.Breakdowns {
			readings = append(readings, a.split(indicator, breakdown, p, rows, populations)...)
		}
	}
	return readings
}

// Totals gives the authority's own readings for a period, without bands: what a
// scorecard shows of it.
func (a *Result) Totals(p calendar.Period, populations Populations) []Observation {
	rows := a.rows[answerKey{p.Kind, p.Ends}]
	var readings []Observation
	for _, indicator := range a.statement.Cohort.Indicators {
		if !indicator.BreakdownOnly && indicator.Measure.Kind != Bands {
			readings = append(readings, a.total(indicator, p, rows, populations)...)
		}
	}
	return readings
}

func (a *Result) total(indicator *Indicator, p calendar.Period, rows []Row, populations Populations) []Observation {
	values := make([]*float64, len(a.statement.slots))
	for _, row := range rows {
		if row.Grouping == a.statement.grouping(nil) {
			values = row.Values
		}
	}
	return a.readings(Observation{Indicator: indicator, Period: p}, values, false, populations)
}

func (a *Result) split(indicator *Indicator, breakdown Breakdown, p calendar.Period, rows []Row, populations Populations) []Observation {
	var readings []Observation
	grouping := a.statement.grouping(breakdown.Labels)
	for _, row := range rows {
		if row.Grouping != grouping {
			continue
		}
		reading := Observation{Indicator: indicator, Period: p, By: breakdown.By, Workers: breakdown.Workers}
		for _, label := range breakdown.Labels {
			for i, name := range a.statement.labels {
				if name == label {
					reading.Labels = append(reading.Labels, row.Labels[i])
				}
			}
		}
		readings = append(readings, a.readings(reading, row.Values, breakdown.IgnoreFilter, populations)...)
	}
	return readings
}

// grouping is the value of SQL's GROUPING() for a split: a bit for every label
// that is not part of it, the first label's bit the highest.
func (s *Statement) grouping(split []string) int {
	bits := 0
	for _, label := range s.labels {
		bits <<= 1
		in := false
		for _, part := range split {
			in = in || part == label
		}
		if !in {
			bits |= 1
		}
	}
	return bits
}

func (a *Result) readings(blank Observation, values []*float64, everyRow bool, populations Populations) []Observation {
	measure := blank.Indicator.Measure
	first := a.statement.first[slotKey{blank.Indicator, everyRow}]
	count := func(i int) float64 {
		if value := values[first+i]; value != nil {
			return *value
		}
		return 0
	}
	reading := blank
	switch measure.Kind {
	case Count, Sum:
		reading.Rows = count(0)
		if !measure.SemiAdditive || values[first] != nil {
			reading.Value = new(count(0))
		}
	case Rate:
		reading.Rows = count(0)
		if measure.PerAmount.Sum {
			if count(1) > 0 {
				reading.Value = new(count(0) / count(1) * measure.Per)
			}
			break
		}
		if population := populations.On(measure.Population, blank.Period.Ends); population > 0 {
			reading.Value = new(count(0) / population * measure.Per)
		}
	case Ratio:
		reading.Numerator, reading.Denominator = new(count(0)), new(count(1))
		if count(1) > 0 {
			reading.Value = new(count(0) / count(1))
		}
	case Mean, Median, Max:
		reading.Value, reading.Rows = values[first], count(1)
	case Bands:
		bands := make([]Observation, len(measure.Bands))
		for i, band := range measure.Bands {
			bands[i] = blank
			bands[i].Labels = append(append([]string{}, blank.Labels...), band.Name)
			bands[i].Rows = count(i)
			bands[i].Value = new(count(i))
		}
		return bands
	}
	return []Observation{reading}
}
