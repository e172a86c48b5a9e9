package mutation

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"sync"
	"time"

	"github.com/jmoiron/sqlx"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/guard"
	"childrens-services-exporter/exporter/source"
	"childrens-services-exporter/exporter/staging"
)

// Council is a council in a database, with the numbers that are right for it.
type Council struct {
	Name    string
	Golden  bool
	Sources []string
	// Views are the moments at which it is looked at, and Want the samples at each: family to labels to value.
	Views []View
	Want  map[string]Samples
	// Families are those that Want speaks of.
	Families map[string]bool

	Settings    config.Settings
	Populations config.Populations
	// Load puts the council into a database of its own.
	Load func(context.Context) (*sqlx.DB, error)

	db       *sqlx.DB
	calendar *calendar.Calendar
	shape    *staging.Schema
	staging  map[string]*staging.Staging
	defined  *definition.Catalogue
	mutex    sync.Mutex
	base     map[string]*staging.Plan // by cohort
	checked  map[string]bool
	taught   map[string]bool // by source
}

// View is a moment with the periods that a cohort is asked for at it.
type View struct {
	Name    string
	Periods func(*definition.Cohort) ([]calendar.Period, error)
	day     time.Time
}

// Samples is family to labels to value.
type Samples map[string]map[string]float64

// At makes a view of a day.
func At(name string, day time.Time, periods func(*definition.Cohort) ([]calendar.Period, error)) View {
	return View{name, periods, day}
}

// open gets the council ready to be asked, once, when it is first needed.
func (c *Council) open(ctx context.Context) (err error) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.db != nil {
		return nil
	}
	db, err := c.Load(ctx)
	if err != nil {
		return err
	}
	// Dozens of councils share one server's connections.
	db.SetMaxIdleConns(0)
	if c.shape, err = staging.Introspect(ctx, db, "", ""); err != nil {
		return err
	}
	if c.calendar, err = c.Settings.NewCalendar(); err != nil {
		return err
	}
	if c.defined, err = definition.Load(config.Settings{Authority: c.Settings.Authority, Limits: c.Settings.Limits}, definition.Embedded()); err != nil {
		return err
	}
	c.defined.Populations = c.Populations
	c.base, c.checked, c.taught, c.staging = map[string]*staging.Plan{}, map[string]bool{}, map[string]bool{}, map[string]*staging.Staging{}
	for _, src := range c.Sources {
		if c.staging[src], err = staging.New(src, c.Settings); err != nil {
			return err
		}
		c.prepare(src)
	}
	c.db = db
	return nil
}

// Close ends the connections to the council's database.
func (c *Council) Close() error {
	if c.db == nil {
		return nil
	}
	return c.db.Close()
}

// answers tells whether the council says anything about a cohort.
func (c *Council) answers(cohort *definition.Cohort) bool {
	return slices.Contains(c.Sources, cohort.Source) && slices.ContainsFunc(cohort.Indicators, func(indicator *definition.Indicator) bool {
		return answered(indicator, c.Families)
	})
}

// read opens one source and asks the function to evaluate plans on it. The plans of the cohorts as they are come first:
// a mutant is caught by a council only if the council is right about the original.
func (c *Council) read(ctx context.Context, src string, cohorts []string, ask func(context.Context, *source.Session) error) error {
	if err := c.open(ctx); err != nil {
		return fmt.Errorf("council %s: %w", c.Name, err)
	}
	own := &definition.Catalogue{Limits: map[string]definition.Limit{}}
	for _, name := range cohorts {
		own.Cohorts = append(own.Cohorts, c.original(name).Cohort)
	}
	opened := &source.Source{
		Name: src, DB: c.db, Staging: c.staging[src], Catalogue: own, Calendar: c.calendar,
		Guard: source.NewGuard(guard.Policy{MinStableReads: 1, MinPersistentReads: 1, MinRowRatio: 0.5, MinRowsForRatio: 50}),
	}
	err := opened.Read(ctx, source.ReadOptions{AsOf: c.Views[0].day}, func(ctx context.Context, reading *source.Session) error {
		c.teach(src, reading)
		for _, name := range cohorts {
			if err := c.check(ctx, reading, name); err != nil {
				return err
			}
		}
		return ask(ctx, reading)
	})
	if err != nil {
		return fmt.Errorf("council %s: %w", c.Name, err)
	}
	return nil
}

// original is the plan of a cohort as it is defined.
func (c *Council) original(cohort string) *staging.Plan {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.base[cohort]
}

// teach makes the plans as they are anew with the words of the council's own table, once.
func (c *Council) teach(src string, reading *source.Session) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.taught[src] {
		return
	}
	if taught, _ := c.staging[src].WithLocalCodes(reading.LocalCodes); taught != c.staging[src] {
		c.staging[src] = taught
		c.prepare(src)
	}
	c.taught[src] = true
}

func (c *Council) prepare(src string) {
	for _, plan := range c.staging[src].Prepare(c.defined, c.shape) {
		c.base[plan.Cohort.Name] = plan
	}
}

func (c *Council) check(ctx context.Context, reading *source.Session, cohort string) error {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.checked[cohort] {
		return nil
	}
	wrong, err := c.differs(ctx, reading, c.base[cohort])
	if err != nil {
		return err
	}
	if wrong != "" {
		return fmt.Errorf("the definitions as they are do not give what is expected of %s: %s; run the golden councils and the oracle first", cohort, wrong)
	}
	c.checked[cohort] = true
	return nil
}

// differs evaluates a plan and names the first sample that is not as expected.
func (c *Council) differs(ctx context.Context, reading *source.Session, plan *staging.Plan) (string, error) {
	periods := make([][]calendar.Period, len(c.Views))
	for i, view := range c.Views {
		var err error
		if periods[i], err = view.Periods(plan.Cohort); err != nil {
			return "", err
		}
	}
	answer, err := reading.Evaluate(ctx, plan, slices.Concat(periods...))
	if err != nil {
		return "", err
	}
	for i, view := range c.Views {
		got := Samples{}
		for _, p := range periods[i] {
			for _, one := range answer.Observations(p) {
				for _, sample := range one.Samples() {
					got.put(sample.Family.Name, c.key(sample), sample.Value)
				}
			}
		}
		if wrong := c.compare(plan.Cohort, got, c.Want[view.Name]); wrong != "" {
			return view.Name + ": " + wrong, nil
		}
	}
	return "", nil
}

func (c *Council) compare(cohort *definition.Cohort, got, want Samples) string {
	for _, indicator := range cohort.Indicators {
		for _, family := range indicator.Families() {
			if !c.Families[family.Name] {
				continue
			}
			same := func(a, b float64) bool { return math.Abs(a-b) <= c.tolerance()*max(1, math.Abs(a)) }
			if !maps.EqualFunc(want[family.Name], got[family.Name], same) {
				return fmt.Sprintf("%s: expected %v, found %v", family.Name, want[family.Name], got[family.Name])
			}
		}
	}
	return ""
}

// tolerance allows for the six decimals that golden councils are written with.
func (c *Council) tolerance() float64 {
	if c.Golden {
		return 1e-6
	}
	return 1e-9
}

func (s Samples) put(family, labels string, value float64) {
	if s[family] == nil {
		s[family] = map[string]float64{}
	}
	s[family][labels] = value
}

// plans are the mutant's cohorts made ready for this council, those alone whose statement is not the original's.
func (c *Council) plans(d *Definitions, m Mutant, reading *source.Session, src string, cohorts []string) ([]*staging.Plan, error) {
	definitions, err := definition.Load(config.Settings{Authority: c.Settings.Authority, Limits: c.Settings.Limits}, d.catalogueOf(cohorts, m))
	if err != nil {
		return nil, err
	}
	definitions.Populations = c.Populations
	layer := c.staging[src]
	if d.isStaging(m) {
		if layer, err = staging.Load(d.stagingOf(m), src, c.Settings); err != nil {
			return nil, err
		}
		layer, _ = layer.WithLocalCodes(reading.LocalCodes)
	}
	var changed []*staging.Plan
	for _, plan := range layer.Prepare(definitions, c.shape) {
		switch {
		case plan.Missing != "":
			return nil, errors.New(plan.Missing)
		case plan.Statement.SQL != c.original(plan.Cohort.Name).Statement.SQL:
			changed = append(changed, plan)
		}
	}
	return changed, nil
}
