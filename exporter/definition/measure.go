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
	// Per and Population belong to a rate: count / population × per. Among is a
	// sum over the cohort that stands for the population; Of is then a sum too.
	Per        float64
	Population string
	PerAmount  Expression
	// BandLabel and Bands belong to bands, in their order.
	BandLabel string
	Bands     []Band
}

// Band is one named group of rows of a bands measure.
type Band struct {
	Name string
	When Expression
}

// slot is one SQL aggregate of a statement.
type slot struct{ sql string }

// slots writes the aggregates that answer the measure for rows that meet where,
// in the order in which an Answer reads them.
func (m Measure) slots(where string) []slot {
	switch m.Kind {
	case Rate:
		if m.PerAmount.Sum {
			return []slot{aggregate(m.Of, where, m.PerAmount), aggregate(m.PerAmount, where, m.PerAmount)}
		}
		return []slot{counted(where, m.Of.SQL)}
	case Count:
		return []slot{counted(where, m.Of.SQL)}
	case Ratio:
		return []slot{
			aggregate(m.Numerator, where, m.Denominator),
			aggregate(m.Denominator, where, m.Denominator),
		}
	case Sum:
		if m.SemiAdditive {
			return []slot{over("sum(%s)", m.Of.SQL, where)}
		}
		return []slot{{fmt.Sprintf("coalesce(sum(%s) filter (where %s), 0)::float8", m.Of.SQL, where)}}
	case Mean:
		return []slot{over("avg(%s)", m.Of.SQL, where), known(m.Of.SQL, where)}
	case Median:
		return []slot{over("percentile_cont(0.5) within group (order by %s)", m.Of.SQL, where), known(m.Of.SQL, where)}
	case Max:
		return []slot{over("max(%s)", m.Of.SQL, where), known(m.Of.SQL, where)}
	default:
		slots := make([]slot, len(m.Bands))
		for i, band := range m.Bands {
			slots[i] = counted(where, band.When.SQL)
		}
		return slots
	}
}

func counted(conditions ...string) slot {
	return slot{"count(*) filter (where " + allOf(conditions...) + ")::float8"}
}

func over(function, amount, where string) slot {
	return slot{fmt.Sprintf("("+function+" filter (where %s))::float8", amount, where)}
}

// known counts the rows a mean, median or maximum rests on.
func known(amount, where string) slot {
	return counted(where, "("+amount+") is not null")
}

// aggregate writes one part of a ratio: a count of the rows that meet it, or a
// sum, both inside the denominator.
func aggregate(part Expression, where string, denominator Expression) slot {
	inside := allOf(where, insideOf(denominator))
	if part.Sum {
		return slot{fmt.Sprintf("coalesce(sum(%s) filter (where %s), 0)::float8", part.SQL, inside)}
	}
	return counted(inside, part.SQL)
}

// insideOf is the condition of a row that a denominator takes in. A row whose
// amount is not known adds nothing to a sum, so a numerator may not have it.
func insideOf(denominator Expression) string {
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
