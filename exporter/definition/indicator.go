package definition

import (
	"slices"
	"strings"

	"childrens-services-exporter/exporter/calendar"
)

// Polarity is the direction in which an indicator is better.
type Polarity string

// The three polarities of the handbook.
const (
	HigherBetter  Polarity = "higher"
	LowerBetter   Polarity = "lower"
	NeitherBetter Polarity = "neither"
)

// PublicForm is the form in which an indicator may be published at all.
type PublicForm string

// An indicator is not published, or published as a count or as a ratio.
const (
	PublicNone  PublicForm = "none"
	PublicCount PublicForm = "count"
	PublicRatio PublicForm = "ratio"
)

// Indicator is one published number: an aggregate over the rows of its cohort.
type Indicator struct {
	// Name is the metric family, as in childrens_cp_plans_open.
	Name string
	// ID is the stable short reference; a supporting indicator has the id of the main one.
	ID         int
	Supporting bool
	// Reference is the council's own short name, or the id where it has none.
	Reference string
	Title     string
	// Unit is ratio, count, seconds, working_days, per_10k, per_100, cases or score.
	Unit          string
	Measure       Measure
	Breakdowns    []Breakdown
	BreakdownOnly bool
	Better        Polarity
	// Target is nil where there is none; TargetReason is then why.
	Target       *float64
	Tolerance    float64
	TargetReason string
	// Headline is the period kind that tiles, scorecard and alerts use.
	Headline calendar.Kind
	Public   PublicForm
	// Commentary is set where a commentary is required each quarter.
	Commentary bool
	Definition string
	Law        string
	Version    int
	// Changes has an entry for every version but the first.
	Changes []Change
	Cohort  *Cohort
	// Limits are those that the indicator's expressions and its cohort's SQL use.
	Limits []Limit

	Filter   Expression
	families []Family
}

// Breakdown is one way of splitting an indicator; its family is NAME_by_BY.
type Breakdown struct {
	By           string
	Labels       []string
	IgnoreFilter bool
	Workers      bool
}

// Part is the part of an indicator that a family has: its value, numerator or
// denominator.
type Part int

// A ratio comes with both its parts; everything else is a value alone.
const (
	Value Part = iota
	Numerator
	Denominator
)

// Family names the metric family of one part of the indicator, for the whole
// authority (by is empty) or split.
func (i *Indicator) Family(part Part, by string) string {
	name := i.Name
	if by != "" {
		// An indicator that exists only as a breakdown is named like one.
		name = strings.TrimSuffix(name, "_by_"+by)
	}
	switch part {
	case Numerator:
		name = strings.TrimSuffix(name, "_ratio") + "_numerator"
	case Denominator:
		name = strings.TrimSuffix(name, "_ratio") + "_denominator"
	case Value:
	}
	if by != "" {
		name += "_by_" + by
	}
	return name
}

// Reads reports whether the indicator's measure or condition names a column of its cohort. Its breakdowns are not part of it.
func (i *Indicator) Reads(column string) bool {
	m := i.Measure
	texts := []string{i.Filter.SQL, m.Of.SQL, m.Numerator.SQL, m.Denominator.SQL, m.RateDenominator.SQL}
	for _, band := range m.Bands {
		texts = append(texts, band.When.SQL)
	}
	return slices.ContainsFunc(texts, func(text string) bool { return Identifiers(text)[column] })
}

// Help is the HELP text of one part of the indicator.
func (i *Indicator) Help(part Part) string {
	text := strings.Join(strings.Fields(i.Definition), " ")
	switch part {
	case Numerator:
		return "Numerator of: " + text
	case Denominator:
		return "Denominator of: " + text
	case Value:
	}
	return text
}
