package definition

import "fmt"

// MeasureKind is the form of an aggregate.
type MeasureKind string

// The whole grammar of measures.
const (
	Count  MeasureKind = "count"
	Ratio  MeasureKind = "ratio"
	Rate   MeasureKind = "rate"
	Sum    MeasureKind = "sum"
	Mean   MeasureKind = "mean"
	Median MeasureKind = "median"
	Max    MeasureKind = "max"
	Bands  MeasureKind = "bands"
)

// Measure declares what is computed over the rows of a cohort.
type Measure struct {
	Kind MeasureKind
	// Of is the condition of a count or rate, or the amount of a sum, mean,
	// median or max.
	Of Expression
	// SemiAdditive marks a sum of what was counted on a day: where nobody counted it is
	// missing, not 0.
	SemiAdditive bool
	// Numerator is always counted, or summed, inside Denominator.
	Numerator, Denominator Expression
	// Per and Population belong to a rate: count / population × per. RateDenominator is
	// a sum over the cohort in place of the population; Of is then a sum too.
	Per             float64
	Population      string
	RateDenominator Expression
	// BandLabel and Bands belong to bands, in their order.
	BandLabel string
	Bands     []Band
}

// Band is one named group of rows of a bands measure.
type Band struct {
	Name string
	When Expression
}

// aggregate is one SQL aggregate of a statement.
type aggregate struct{ sql string }

// aggregates writes the aggregates that answer the measure for rows that meet where,
// in the order in which a Result reads them.
func (m Measure) aggregates(where string) []aggregate {
	switch m.Kind {
	case Rate:
		if m.RateDenominator.Sum {
			return []aggregate{partOfRatio(m.Of, where, m.RateDenominator), partOfRatio(m.RateDenominator, where, m.RateDenominator)}
		}
		return []aggregate{countWhere(where, m.Of.SQL)}
	case Count:
		return []aggregate{countWhere(where, m.Of.SQL)}
	case Ratio:
		return []aggregate{
			partOfRatio(m.Numerator, where, m.Denominator),
			partOfRatio(m.Denominator, where, m.Denominator),
		}
	case Sum:
		if m.SemiAdditive {
			return []aggregate{aggregateOver("sum(%s)", m.Of.SQL, where)}
		}
		return []aggregate{{fmt.Sprintf("coalesce(sum(%s) filter (where %s), 0)::float8", m.Of.SQL, where)}}
	case Mean:
		return []aggregate{aggregateOver("avg(%s)", m.Of.SQL, where), countNotNull(m.Of.SQL, where)}
	case Median:
		return []aggregate{aggregateOver("percentile_cont(0.5) within group (order by %s)", m.Of.SQL, where), countNotNull(m.Of.SQL, where)}
	case Max:
		return []aggregate{aggregateOver("max(%s)", m.Of.SQL, where), countNotNull(m.Of.SQL, where)}
	default:
		aggregates := make([]aggregate, len(m.Bands))
		for i, band := range m.Bands {
			aggregates[i] = countWhere(where, band.When.SQL)
		}
		return aggregates
	}
}

func countWhere(conditions ...string) aggregate {
	return aggregate{"count(*) filter (where " + allOf(conditions...) + ")::float8"}
}

func aggregateOver(function, amount, where string) aggregate {
	return aggregate{fmt.Sprintf("("+function+" filter (where %s))::float8", amount, where)}
}

// countNotNull counts the rows a mean, median or maximum rests on.
func countNotNull(amount, where string) aggregate {
	return countWhere(where, "("+amount+") is not null")
}

// partOfRatio writes one part of a ratio: a count of the rows that meet it, or a
// sum, both inside the denominator.
func partOfRatio(part Expression, where string, denominator Expression) aggregate {
	inside := allOf(where, denominatorFilter(denominator))
	if part.Sum {
		return aggregate{fmt.Sprintf("coalesce(sum(%s) filter (where %s), 0)::float8", part.SQL, inside)}
	}
	return countWhere(inside, part.SQL)
}

// denominatorFilter is the condition of a row that a denominator takes in. A row whose
// amount is not known adds nothing to a sum, so a numerator may not have it.
func denominatorFilter(denominator Expression) string {
	if denominator.Sum {
		return "(" + denominator.SQL + ") is not null"
	}
	return denominator.SQL
}

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
