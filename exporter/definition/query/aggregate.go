package query

import (
	"fmt"

	"childrens-services-exporter/exporter/definition"
)

// aggregate is an SQL aggregate of a statement.
type aggregate struct{ sql string }

// aggregatesOf writes the aggregates of a measure over the rows that meet the filter,
// in the order in which Result.observe reads them.
func aggregatesOf(m definition.Measure, filter string) []aggregate {
	switch m.Kind {
	case definition.Rate:
		if m.RateDenominator.Sum {
			return []aggregate{partOfRatio(m.Of, filter, m.RateDenominator), partOfRatio(m.RateDenominator, filter, m.RateDenominator)}
		}
		return []aggregate{countWhere(filter, m.Of.SQL)}
	case definition.Count:
		return []aggregate{countWhere(filter, m.Of.SQL)}
	case definition.Ratio:
		return []aggregate{
			partOfRatio(m.Numerator, filter, m.Denominator),
			partOfRatio(m.Denominator, filter, m.Denominator),
		}
	case definition.Sum:
		if m.SemiAdditive {
			return []aggregate{aggregateOver("sum(%s)", m.Of.SQL, filter)}
		}
		return []aggregate{{fmt.Sprintf("coalesce(sum(%s) filter (where %s), 0)::float8", m.Of.SQL, filter)}}
	case definition.Mean:
		return []aggregate{aggregateOver("avg(%s)", m.Of.SQL, filter), countNotNull(m.Of.SQL, filter)}
	case definition.Median:
		return []aggregate{aggregateOver("percentile_cont(0.5) within group (order by %s)", m.Of.SQL, filter), countNotNull(m.Of.SQL, filter)}
	case definition.Max:
		return []aggregate{aggregateOver("max(%s)", m.Of.SQL, filter), countNotNull(m.Of.SQL, filter)}
	default:
		aggregates := make([]aggregate, len(m.Bands))
		for i, band := range m.Bands {
			aggregates[i] = countWhere(filter, band.When.SQL)
		}
		return aggregates
	}
}

// countWhere counts the rows that meet all conditions.
func countWhere(conditions ...string) aggregate {
	return aggregate{"count(*) filter (where " + allOf(conditions...) + ")::float8"}
}

// aggregateOver applies a function to the amount of the rows that meet the filter.
func aggregateOver(function, amount, filter string) aggregate {
	return aggregate{fmt.Sprintf("("+function+" filter (where %s))::float8", amount, filter)}
}

// countNotNull counts the rows a mean, median or maximum rests on.
func countNotNull(amount, filter string) aggregate {
	return countWhere(filter, "("+amount+") is not null")
}

// partOfRatio writes one part of a ratio: a count of the rows that meet it, or a
// sum, both inside the denominator.
func partOfRatio(part definition.Expression, filter string, denominator definition.Expression) aggregate {
	inside := allOf(filter, denominatorFilter(denominator))
	if part.Sum {
		return aggregate{fmt.Sprintf("coalesce(sum(%s) filter (where %s), 0)::float8", part.SQL, inside)}
	}
	return countWhere(inside, part.SQL)
}

// denominatorFilter is the condition of the rows that a denominator counts. A row whose
// amount is not known adds nothing to a sum, so it is not in the numerator either.
func denominatorFilter(denominator definition.Expression) string {
	if denominator.Sum {
		return "(" + denominator.SQL + ") is not null"
	}
	return denominator.SQL
}

// allOf joins conditions with and.
func allOf(conditions ...string) string {
	all := ""
	for _, condition := range conditions {
		if condition == "true" {
			continue
		}
		if all != "" {
			all += " and "
		}
		all += condition
	}
	if all == "" {
		return "true"
	}
	return all
}
