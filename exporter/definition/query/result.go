package query

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
)

// Row is one row that a statement returns.
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
func (s *Statement) Columns() (labels, values int) { return len(s.labels), len(s.aggregates) }

// Result is the rows of a statement by period.
type Result struct {
	statement *Statement
	rows      map[periodKey][]Row
	withdrawn func(indicator *definition.Indicator, by string) bool
}

type periodKey struct {
	kind calendar.Kind
	ends time.Time
}

// GrainError is a cohort with more than one row for a value of its grain.
type GrainError struct {
	Grain    []string
	Repeated int64
}

func (e *GrainError) Error() string {
	return fmt.Sprintf("%d rows repeat the grain %s within a period; make the cohort's SQL give one row each",
		e.Repeated, strings.Join(e.Grain, ", "))
}

// Explain gives the error's text, which quotes no row, for logs and pages.
func (e *GrainError) Explain() string { return e.Error() }

// NewResult groups a statement's rows by period. It fails where the cohort repeats
// its grain, since every number would then count somebody twice.
func NewResult(statement *Statement, rows []Row) (*Result, error) {
	result := &Result{statement: statement, rows: map[periodKey][]Row{}, withdrawn: func(*definition.Indicator, string) bool { return false }}
	for _, row := range rows {
		if row.Repeated > 0 {
			return nil, &GrainError{Grain: statement.Cohort.Grain, Repeated: row.Repeated}
		}
		key := periodKey{calendar.Kind(row.Kind), civil(row.Ends)}
		result.rows[key] = append(result.rows[key], row)
	}
	return result, nil
}

// Withdraw leaves out of the observations those of which withdrawn is true: an indicator for the whole authority, where by
// is empty, or one of its breakdowns.
func (r *Result) Withdraw(withdrawn func(indicator *definition.Indicator, by string) bool) {
	r.withdrawn = withdrawn
}

func civil(t time.Time) time.Time {
	year, month, day := t.Date()
	return calendar.Date(year, month, day)
}

// Rows counts the cohort's rows in a period.
func (r *Result) Rows(p calendar.Period) int64 {
	for _, row := range r.rows[periodKey{p.Kind, p.Ends}] {
		if row.Grouping == r.statement.grouping(nil) {
			return row.Rows
		}
	}
	return 0
}

// Observations gives every indicator's observations for a period. A period in which
// the cohort has no row has them too: its counts are a true zero.
func (r *Result) Observations(p calendar.Period) []definition.Observation {
	rows := r.rows[periodKey{p.Kind, p.Ends}]
	var observations []definition.Observation
	for _, indicator := range r.statement.Cohort.Indicators {
		if !indicator.BreakdownOnly && !r.withdrawn(indicator, "") {
			observations = append(observations, r.total(indicator, p, rows)...)
		}
		for _, breakdown := range indicator.Breakdowns {
			if r.withdrawn(indicator, breakdown.By) {
				continue
			}
			observations = append(observations, r.breakdown(indicator, breakdown, p, rows)...)
		}
	}
	return observations
}

// Totals gives the authority's own observations for a period, without bands: those
// of a scorecard.
func (r *Result) Totals(p calendar.Period) []definition.Observation {
	rows := r.rows[periodKey{p.Kind, p.Ends}]
	var observations []definition.Observation
	for _, indicator := range r.statement.Cohort.Indicators {
		if !indicator.BreakdownOnly && indicator.Measure.Kind != definition.Bands && !r.withdrawn(indicator, "") {
			observations = append(observations, r.total(indicator, p, rows)...)
		}
	}
	return observations
}

func (r *Result) total(indicator *definition.Indicator, p calendar.Period, rows []Row) []definition.Observation {
	values := make([]*float64, len(r.statement.aggregates))
	for _, row := range rows {
		if row.Grouping == r.statement.grouping(nil) {
			values = row.Values
		}
	}
	return r.observe(definition.Observation{Indicator: indicator, Period: p}, values, aggregateKey{indicator: indicator})
}

func (r *Result) breakdown(indicator *definition.Indicator, breakdown definition.Breakdown, p calendar.Period, rows []Row) []definition.Observation {
	var observations []definition.Observation
	grouping := r.statement.grouping(breakdown.Labels)
	for _, row := range rows {
		if row.Grouping != grouping {
			continue
		}
		observation := definition.Observation{Indicator: indicator, Period: p, By: breakdown.By, Workers: breakdown.Workers}
		for _, label := range breakdown.Labels {
			for i, name := range r.statement.labels {
				if name == label {
					observation.Labels = append(observation.Labels, row.Labels[i])
				}
			}
		}
		observations = append(observations, r.observe(observation, row.Values, aggregateKey{indicator, breakdown.IgnoreFilter})...)
	}
	return observations
}

// grouping is the value of SQL's GROUPING() for a set of labels: a bit for
// every label that is not in it, the first label's bit the highest.
func (s *Statement) grouping(labels []string) int {
	bits := 0
	for _, label := range s.labels {
		bits <<= 1
		if !slices.Contains(labels, label) {
			bits |= 1
		}
	}
	return bits
}

// observe fills a template with the values of its aggregates.
func (r *Result) observe(template definition.Observation, values []*float64, key aggregateKey) []definition.Observation {
	measure := template.Indicator.Measure
	offset := r.statement.offsets[key]
	count := func(i int) float64 {
		if value := values[offset+i]; value != nil {
			return *value
		}
		return 0
	}
	observation := template
	switch measure.Kind {
	case definition.Count, definition.Sum:
		observation.Rows = count(0)
		if !measure.SemiAdditive || values[offset] != nil {
			observation.Value = new(count(0))
		}
	case definition.Rate:
		observation.Rows = count(0)
		if measure.RateDenominator.Sum {
			if count(1) > 0 {
				observation.Value = new(count(0) / count(1) * measure.Per)
			}
			break
		}
		if population := r.statement.populations.On(measure.Population, template.Period.Ends); population > 0 {
			observation.Value = new(count(0) / population * measure.Per)
		}
	case definition.Ratio:
		observation.Numerator, observation.Denominator = new(count(0)), new(count(1))
		if count(1) > 0 {
			observation.Value = new(count(0) / count(1))
		}
	case definition.Mean, definition.Median, definition.Max:
		observation.Value, observation.Rows = values[offset], count(1)
	case definition.Bands:
		bands := make([]definition.Observation, len(measure.Bands))
		for i, band := range measure.Bands {
			bands[i] = template
			bands[i].Labels = append(append([]string{}, template.Labels...), band.Name)
			bands[i].Rows = count(i)
			bands[i].Value = new(count(i))
		}
		return bands
	}
	return []definition.Observation{observation}
}
