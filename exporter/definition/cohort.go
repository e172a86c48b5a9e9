package definition

import (
	"time"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/config/strictyaml"
)

// Cohort is a definition of who or what is counted: one SQL text whose rows are
// one child, plan, visit, worker or event per period, and the indicators that
// are aggregates over it.
type Cohort struct {
	// Name is topic/file, as in child_protection/plans.
	Name  string
	Topic string
	// Title is the cohort's name in plain words; Row is what one row stands for.
	Title, Row string
	// Source is the database the cohort is read from: social_care or education.
	Source string
	// Windows holds the kinds of period the cohort is computed for; a cohort of
	// a state on a day has the single kind snapshot.
	Windows []calendar.Kind
	// Cadence is week or month where the data come by it, else empty: what runs to
	// as_of then ends with the last week or month that closed.
	Cadence calendar.Kind
	// Grain is the set of columns that is unique within a period.
	Grain []string
	// NonAdditive marks a grain finer than what the topic counts (child × factor):
	// its rows count a child more than once, so no authority total is published.
	NonAdditive bool
	// Columns maps each column to what it holds.
	Columns    []Column
	Indicators []*Indicator
	// Pitfalls are the codes of known traps that the SQL deals with.
	Pitfalls []string
	SQL      string
}

// Column is one column of a cohort's rows.
type Column struct {
	Name, Description string
}

// Snapshot reports whether the cohort is a state on a day rather than a flow.
func (c *Cohort) Snapshot() bool {
	return len(c.Windows) == 1 && c.Windows[0] == calendar.Snapshot
}

// Period is the cohort's period of a kind as seen on a day.
func (c *Cohort) Period(cal *calendar.Calendar, kind calendar.Kind, asOf time.Time) calendar.Period {
	if c.Cadence == "" {
		return cal.At(kind, asOf)
	}
	return cal.AtCadence(kind, asOf, c.Cadence)
}

// ColumnNames lists the columns in the order of the definition.
func (c *Cohort) ColumnNames() []string {
	names := make([]string, len(c.Columns))
	for i, column := range c.Columns {
		names[i] = column.Name
	}
	return names
}

type cohortFile struct {
	Cohort     strictyaml.Scalar   `yaml:"cohort"`
	Row        string              `yaml:"row"`
	Source     strictyaml.Scalar   `yaml:"source"`
	At         strictyaml.Scalar   `yaml:"at"`
	Windows    []strictyaml.Scalar `yaml:"windows"`
	Cadence    strictyaml.Scalar   `yaml:"cadence"`
	Grain      []strictyaml.Scalar `yaml:"grain"`
	Additive   *bool               `yaml:"additive"`
	Columns    columnList          `yaml:"columns"`
	Breakdowns []strictyaml.Scalar `yaml:"breakdowns"`
	Pitfalls   []string            `yaml:"pitfalls"`
	Indicators []*indicatorFile    `yaml:"indicators"`
}

type indicatorFile struct {
	Name          strictyaml.Scalar  `yaml:"name"`
	ID            int                `yaml:"id"`
	Supporting    bool               `yaml:"supporting"`
	Title         string             `yaml:"title"`
	Unit          string             `yaml:"unit"`
	Where         strictyaml.Scalar  `yaml:"where"`
	Count         strictyaml.Scalar  `yaml:"count"`
	Numerator     strictyaml.Scalar  `yaml:"numerator"`
	Denominator   strictyaml.Scalar  `yaml:"denominator"`
	Sum           strictyaml.Scalar  `yaml:"sum"`
	SemiAdditive  strictyaml.Scalar  `yaml:"semi_additive"`
	Mean          strictyaml.Scalar  `yaml:"mean"`
	Median        strictyaml.Scalar  `yaml:"median"`
	Max           strictyaml.Scalar  `yaml:"max"`
	Rate          *rateFile          `yaml:"rate"`
	Bands         *bandsFile         `yaml:"bands"`
	Breakdowns    []breakdownFile    `yaml:"breakdowns"`
	BreakdownOnly bool               `yaml:"breakdown_only"`
	Better        strictyaml.Scalar  `yaml:"better"`
	Target        strictyaml.Scalar  `yaml:"target"`
	Tolerance     *strictyaml.Number `yaml:"tolerance"`
	Headline      strictyaml.Scalar  `yaml:"headline"`
	Public        strictyaml.Scalar  `yaml:"public"`
	Commentary    strictyaml.Scalar  `yaml:"commentary"`
	Definition    string             `yaml:"definition"`
	Law           string             `yaml:"law"`
	Version       int                `yaml:"version"`
	Changes       []changeFile       `yaml:"changes"`
}

type rateFile struct {
	Of         strictyaml.Scalar `yaml:"of"`
	Per        strictyaml.Number `yaml:"per"`
	Population strictyaml.Scalar `yaml:"population"`
	// Denominator takes the place of a population from the settings: sum(…) of a column
	// of the cohort, as in pupils on the roll.
	Denominator strictyaml.Scalar `yaml:"denominator"`
}

type bandsFile struct {
	Of    strictyaml.Scalar `yaml:"of"`
	Label strictyaml.Scalar `yaml:"label"`
	Bands []bandFile        `yaml:"bands"`
}

type bandFile struct {
	Name strictyaml.Scalar       `yaml:"name"`
	UpTo *strictyaml.WholeNumber `yaml:"up_to"`
	When strictyaml.Scalar       `yaml:"when"`
}

type breakdownFile struct {
	By     strictyaml.Scalar   `yaml:"by"`
	Labels []strictyaml.Scalar `yaml:"labels"`
	// IgnoreFilter counts every row, whatever the indicator's where: a care-leaver share is published for
	// 19 to 21, its breakdown by age group covers all ages.
	IgnoreFilter bool `yaml:"ignore_filter"`
	// Workers keeps the breakdown off every endpoint but /metrics/workers.
	Workers bool `yaml:"workers"`
}
