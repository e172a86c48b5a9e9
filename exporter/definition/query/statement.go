// Package query compiles each cohort with its breakdowns, windows and measures to one
// SQL statement, and reads that statement's rows as observations.
package query

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/lib/pq"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition"
)

// firstWorkingDay begins the running count of working days. Records of
// children's services that still matter today are younger.
func firstWorkingDay() time.Time { return calendar.Date(1990, time.January, 1) }

// workingDayMargin lets a due date lie beyond the last period.
const workingDayMargin = 400 * 24 * time.Hour

// Statement is one cohort with its breakdowns, windows and measures as a single
// SQL text, so that a numerator and its denominator come from one moment.
//
// Its rows are: kind, ends, grouping, one text per label, one nullable float8
// per aggregate, the number of rows, and of grains that occur more than once in
// the three latest periods of a kind: all of a live collection, and enough of a
// year of days, which would otherwise be sorted twice.
type Statement struct {
	Cohort *definition.Cohort
	SQL    string

	populations config.Populations
	labels      []string
	labelSets   [][]string
	aggregates  []aggregate
	offsets     map[aggregateKey]int
}

// aggregateKey names the aggregates of an indicator: over the rows that meet its
// filter, or over every row.
type aggregateKey struct {
	indicator    *definition.Indicator
	ignoreFilter bool
}

// Compile compiles a cohort with its indicators to one SQL statement. Relations is the
// text of the common table expressions that the cohort's SQL reads besides period,
// working_day, limits and authority_area, without a trailing comma; it may be empty.
func Compile(catalogue *definition.Catalogue, cohort *definition.Cohort, relations string) *Statement {
	s := newStatement(catalogue, cohort)
	for _, indicator := range cohort.Indicators {
		s.addAggregates(aggregateKey{indicator: indicator})
		for _, breakdown := range indicator.Breakdowns {
			s.addLabelSet(breakdown.Labels)
			if breakdown.IgnoreFilter {
				s.addAggregates(aggregateKey{indicator: indicator, ignoreFilter: true})
			}
		}
	}
	s.SQL = withClause(catalogue, cohort, relations) + s.selectClause()
	return s
}

// CompileTotals compiles a cohort for the whole authority alone: without breakdowns,
// many periods cost little more than a few.
func CompileTotals(catalogue *definition.Catalogue, cohort *definition.Cohort, relations string) *Statement {
	s := newStatement(catalogue, cohort)
	for _, indicator := range cohort.Indicators {
		s.addAggregates(aggregateKey{indicator: indicator})
	}
	s.SQL = withClause(catalogue, cohort, relations) + s.selectClause()
	return s
}

func newStatement(catalogue *definition.Catalogue, cohort *definition.Cohort) *Statement {
	return &Statement{Cohort: cohort, populations: catalogue.Populations, offsets: map[aggregateKey]int{}, labelSets: [][]string{{}}}
}

func (s *Statement) addAggregates(key aggregateKey) {
	if _, exists := s.offsets[key]; exists {
		return
	}
	filter := key.indicator.Filter.SQL
	if key.ignoreFilter {
		filter = "true"
	}
	s.offsets[key] = len(s.aggregates)
	s.aggregates = append(s.aggregates, aggregatesOf(key.indicator.Measure, filter)...)
}

func (s *Statement) addLabelSet(labels []string) {
	for _, label := range labels {
		if !slices.Contains(s.labels, label) {
			s.labels = append(s.labels, label)
		}
	}
	// Sorted, since GROUPING() is the same for (team, age) and (age, team): the
	// result would have each group twice.
	set := slices.Sorted(slices.Values(labels))
	if !slices.ContainsFunc(s.labelSets, func(other []string) bool { return slices.Equal(other, set) }) {
		s.labelSets = append(s.labelSets, set)
	}
}

// withClause opens the statement: the periods asked for ($1 to $5), the running
// working days from $6 on ($7), the limits, the council's own area, the relations
// and the cohort.
func withClause(catalogue *definition.Catalogue, cohort *definition.Cohort, relations string) string {
	ctes := []string{
		`period as materialized (
    select *
    from unnest($1::date[], $2::text[], $3::text[], $4::date[], $5::date[]) as period (as_of, kind, label, starts, ends)
)`,
		`working_day as materialized (
    select ` + definition.FirstWorkingDayParameter + ` + (position - 1)::integer as day, n
    from unnest(` + definition.WorkingDaysParameter + `) with ordinality as running (n, position)
)`,
		limitsRelation(catalogue.Limits),
		authorityArea(catalogue.Authority),
	}
	if relations != "" {
		ctes = append(ctes, relations)
	}
	ctes = append(ctes, "cohort as materialized (\n"+cohort.SQL+"\n)")
	return "with " + strings.Join(ctes, ",\n")
}

func (s *Statement) selectClause() string {
	withLabels := []string{"cohort.*"}
	columns := []string{"kind", "ends", "0 as grouping"}
	if len(s.labels) > 0 {
		columns[2] = "grouping(" + labelColumnList(s.labels) + ") as grouping"
	}
	for _, label := range s.labels {
		withLabels = append(withLabels, fmt.Sprintf("coalesce(nullif(btrim(cohort.%s::text), ''), 'unknown') as label_%s", label, label))
		columns = append(columns, "label_"+label)
	}
	for _, aggregate := range s.aggregates {
		columns = append(columns, aggregate.sql)
	}
	columns = append(columns, "count(*)", "(select count(*) from repeated)")
	sets := make([]string, len(s.labelSets))
	for i, set := range s.labelSets {
		sets[i] = "(" + strings.Join(append([]string{"kind", "ends"}, labelColumns(set)...), ", ") + ")"
	}
	return fmt.Sprintf(`,
labelled as (
    select %s
    from cohort
),
checked as materialized (
    select kind, ends
    from (select kind, ends, row_number() over (partition by kind order by ends desc) as recent from period) as newest_first
    where recent <= 3
),
repeated as (
    select 1
    from cohort
    join checked using (kind, ends)
    group by kind, ends, %s
    having count(*) > 1
)
select %s
from labelled
group by grouping sets (%s)`,
		strings.Join(withLabels, ", "), strings.Join(s.Cohort.Grain, ", "),
		strings.Join(columns, ",\n       "), strings.Join(sets, ", "))
}

func labelColumns(labels []string) []string {
	columns := make([]string, len(labels))
	for i, label := range labels {
		columns[i] = "label_" + label
	}
	return columns
}

func labelColumnList(labels []string) string { return strings.Join(labelColumns(labels), ", ") }

// Arguments are the values of a statement's parameters for the periods.
func Arguments(cal *calendar.Calendar, periods []calendar.Period) []any {
	var asOf, kinds, labels, starts, ends pq.StringArray
	last := firstWorkingDay()
	for _, p := range periods {
		asOf = append(asOf, p.AsOf.Format(time.DateOnly))
		kinds = append(kinds, string(p.Kind))
		labels = append(labels, p.Label)
		starts = append(starts, p.Starts.Format(time.DateOnly))
		ends = append(ends, p.Ends.Format(time.DateOnly))
		if p.Ends.After(last) {
			last = p.Ends
		}
	}
	running := cal.WorkingDays(firstWorkingDay(), last.Add(workingDayMargin))
	return []any{asOf, kinds, labels, starts, ends, firstWorkingDay().Format(time.DateOnly), pq.Int32Array(running)}
}
