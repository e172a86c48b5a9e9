package definition

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
	// SemiAdditive marks a sum of what was counted on a day: where it was not counted it
	// is missing, not 0.
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
