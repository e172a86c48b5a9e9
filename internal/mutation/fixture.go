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

// Fixture is a council in a database, with the numbers that are right for it.
type Fixture struct {
	Name    string
	Golden  bool
	Sources []string
	// Views are the days and periods evaluated, and Expected the samples of each by the name of the view.
	Views    []View
	Expected map[string]Samples
	// Families are those that Expected holds every sample of.
	Families map[string]bool

	Settings    config.Settings
	Populations config.Populations
	// Load puts the council into a database of its own.
	Load func(context.Context) (*sqlx.DB, error)

	db        *sqlx.DB
	calendar  *calendar.Calendar
	schema    *staging.Schema
	staging   map[string]*staging.Staging
	catalogue *definition.Catalogue
	mutex     sync.Mutex
	plans     map[string]*staging.Plan // by cohort
	checked   map[string]bool
	localised map[string]bool // by source
}

// View is a day with the periods that a cohort is evaluated for on it.
type View struct {
	Name    string
	Periods func(*definition.Cohort) ([]calendar.Period, error)
	day     time.Time
}

// Samples is family to labels to value.
type Samples map[string]map[string]float64

// NewView makes a view of a day.
func NewView(name string, day time.Time, periods func(*definition.Cohort) ([]calendar.Period, error)) View {
	return View{name, periods, day}
}

// open loads the council into its database on first use.
func (c *Fixture) open(ctx context.Context) (err error) {
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
	if c.schema, err = staging.Introspect(ctx, db, "", ""); err != nil {
		return err
	}
	if c.calendar, err = c.Settings.NewCalendar(); err != nil {
		return err
	}
	if c.catalogue, err = definition.Load(config.Settings{Authority: c.Settings.Authority, Limits: c.Settings.Limits}, definition.Embedded()); err != nil {
		return err
	}
	c.catalogue.Populations = c.Populations
	c.plans, c.checked, c.localised, c.staging = map[string]*staging.Plan{}, map[string]bool{}, map[string]bool{}, map[string]*staging.Staging{}
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
func (c *Fixture) Close() error {
	if c.db == nil {
		return nil
	}
	return c.db.Close()
}

// covers is true of a cohort of which the fixture expects samples.
func (c *Fixture) covers(cohort *definition.Cohort) bool {
	return slices.Contains(c.Sources, cohort.Source) && slices.ContainsFunc(cohort.Indicators, func(indicator *definition.Indicator) bool {
		return hasFamily(indicator, c.Families)
	})
}

// read opens a session of one source and calls evaluate with it. The unchanged cohorts are checked first: a fixture
// catches a mutant only if the unchanged definitions give what it expects.
func (c *Fixture) read(ctx context.Context, src string, cohorts []string, evaluate func(context.Context, *source.Session) error) error {
	if err := c.open(ctx); err != nil {
		return fmt.Errorf("council %s: %w", c.Name, err)
	}
	originals := &definition.Catalogue{Limits: map[string]definition.Limit{}}
	for _, name := range cohorts {
		originals.Cohorts = append(originals.Cohorts, c.original(name).Cohort)
	}
	database := &source.Source{
		Name: src, DB: c.db, Staging: c.staging[src], Catalogue: originals, Calendar: c.calendar,
		Guard: source.NewGuard(guard.Policy{MinStableReads: 1, MinPersistentReads: 1, MaxUnmappedShare: 1}),
	}
	err := database.Read(ctx, source.ReadOptions{AsOf: c.Views[0].day}, func(ctx context.Context, reading *source.Session) error {
		c.localise(src, reading)
		for _, name := range cohorts {
			if err := c.check(ctx, reading, name); err != nil {
				return err
			}
		}
		return evaluate(ctx, reading)
	})
	if err != nil {
		return fmt.Errorf("council %s: %w", c.Name, err)
	}
	return nil
}

// original is the plan of the unchanged cohort.
func (c *Fixture) original(cohort string) *staging.Plan {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.plans[cohort]
}

// localise prepares the unchanged plans again with the codes of the council's own table, once per source.
func (c *Fixture) localise(src string, reading *source.Session) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.localised[src] {
		return
	}
	if localised, _ := c.staging[src].WithLocalCodes(reading.LocalCodes); localised != c.staging[src] {
		c.staging[src] = localised
		c.prepare(src)
	}
	c.localised[src] = true
}

func (c *Fixture) prepare(src string) {
	for _, plan := range c.staging[src].Prepare(c.catalogue, c.schema) {
		c.plans[plan.Cohort.Name] = plan
	}
}

func (c *Fixture) check(ctx context.Context, reading *source.Session, cohort string) error {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.checked[cohort] {
		return nil
	}
	wrong, err := c.firstDifference(ctx, reading, c.plans[cohort])
	if err != nil {
		return err
	}
	if wrong != "" {
		return fmt.Errorf("the unchanged definitions do not give what is expected of %s: %s; run the golden councils and the reference implementation first", cohort, wrong)
	}
	c.checked[cohort] = true
	return nil
}

// firstDifference evaluates a plan and names the first sample that is not as expected.
func (c *Fixture) firstDifference(ctx context.Context, reading *source.Session, plan *staging.Plan) (string, error) {
	periods := make([][]calendar.Period, len(c.Views))
	for i, view := range c.Views {
		var err error
		if periods[i], err = view.Periods(plan.Cohort); err != nil {
			return "", err
		}
	}
	result, err := reading.Evaluate(ctx, plan, slices.Concat(periods...))
	if err != nil {
		return "", err
	}
	for i, view := range c.Views {
		got := Samples{}
		for _, p := range periods[i] {
			for _, observation := range result.Observations(p) {
				for _, sample := range observation.Samples() {
					got.put(sample.Family.Name, c.key(sample), sample.Value)
				}
			}
		}
		if wrong := c.compare(plan.Cohort, got, c.Expected[view.Name]); wrong != "" {
			return view.Name + ": " + wrong, nil
		}
	}
	return "", nil
}

func (c *Fixture) compare(cohort *definition.Cohort, got, want Samples) string {
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
func (c *Fixture) tolerance() float64 {
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

// mutantPlans prepares the mutant's cohorts for this fixture and returns those whose statement differs from the original.
func (c *Fixture) mutantPlans(d *Definitions, m Mutant, reading *source.Session, src string, cohorts []string) ([]*staging.Plan, error) {
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
	for _, plan := range layer.Prepare(definitions, c.schema) {
		switch {
		case plan.Missing != "":
			return nil, errors.New(plan.Missing)
		case plan.Statement.SQL != c.original(plan.Cohort.Name).Statement.SQL:
			changed = append(changed, plan)
		}
	}
	return changed, nil
}
