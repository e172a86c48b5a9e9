package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/jmoiron/sqlx"
	_ "github.com/lib/pq" // the driver of the throw-away server

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/csvload"
	"childrens-services-exporter/exporter/csvload/schema"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/guard"
	"childrens-services-exporter/exporter/postgres"
	"childrens-services-exporter/exporter/publication"
	"childrens-services-exporter/exporter/source"
	"childrens-services-exporter/exporter/staging"
	"childrens-services-exporter/internal/synthetic"
	"childrens-services-exporter/internal/temppg"
)

// council is a synthetic council as it is attacked.
type council struct {
	Profile string
	Seed    uint64
}

func (c council) String() string { return fmt.Sprintf("%s %d", c.Profile, c.Seed) }

// dataEnd is the day up to which the councils have data.
func dataEnd() time.Time { return calendar.Date(2026, time.December, 1) }

// exactValue is the true total of an indicator in one period.
type exactValue struct {
	Indicator   string
	Kind        calendar.Kind
	Starts      time.Time
	Ends        time.Time
	Value       *float64
	Numerator   *float64 `json:",omitempty"`
	Denominator *float64 `json:",omitempty"`
	Rows        float64
}

// exactCohort holds the totals of one cohort for every period that any page needs.
type exactCohort struct {
	Cohort string
	Values []exactValue
	// Filled holds the last days of the periods in which the cohort has a row.
	Filled []exactPeriod
}

type exactPeriod struct {
	Kind calendar.Kind
	Ends time.Time
}

// openDays are the last days of the periods that one page after the other is published for.
func openDays(cal *calendar.Calendar, kind calendar.Kind, pages int) ([]calendar.Period, error) {
	var open []calendar.Period
	for offset := pages; offset > 0; offset-- {
		period, err := cal.ReportPeriod(kind, dataEnd(), offset)
		if err != nil {
			return nil, err
		}
		open = append(open, period)
	}
	return open, nil
}

// evaluateCouncil makes the council in a throw-away database and evaluates its public indicators for all periods.
func (c council) evaluate(ctx context.Context, settings config.Settings, schedules []publication.Schedule, pages map[calendar.Kind]int) (_ []exactCohort, err error) {
	profile, err := synthetic.FindProfile(c.Profile)
	if err != nil {
		return nil, err
	}
	directory, err := os.MkdirTemp("", "attack-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(directory) }()
	if _, err := synthetic.Write(directory, profile, c.Seed, dataEnd()); err != nil {
		return nil, err
	}
	cluster, err := temppg.Start(ctx, temppg.Options{})
	if err != nil {
		return nil, err
	}
	defer func() { _ = cluster.Stop() }()
	var cohorts []exactCohort
	for _, name := range []string{"social_care", "education"} {
		if err := load(ctx, cluster, name, filepath.Join(directory, name)); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		values, err := evaluateSource(ctx, cluster.URL(name), name, settings, schedules, pages)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		cohorts = append(cohorts, values...)
	}
	return cohorts, nil
}

func load(ctx context.Context, cluster *temppg.Cluster, name, directory string) error {
	if err := cluster.Create(ctx, name); err != nil {
		return err
	}
	db, err := sqlx.Open("postgres", cluster.URL(name))
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	var tables []schema.Table
	for _, group := range []string{name, "local"} {
		described, err := schema.Tables(group)
		if err != nil {
			return err
		}
		tables = append(tables, described...)
	}
	_, err = csvload.Load(ctx, db, tables, os.DirFS(directory), csvload.Options{Allow: synthetic.ImpossibleDates(name)})
	return err
}

// evaluateSource evaluates the cohorts of one source that have a public indicator.
func evaluateSource(ctx context.Context, url, name string, settings config.Settings, schedules []publication.Schedule, pages map[calendar.Kind]int) ([]exactCohort, error) {
	cal, err := settings.NewCalendar()
	if err != nil {
		return nil, err
	}
	catalogue, err := definition.Load(settings, definition.Embedded())
	if err != nil {
		return nil, err
	}
	layer, err := staging.New(name, settings)
	if err != nil {
		return nil, err
	}
	db, err := postgres.Open("ATTACK_DATABASE_URL", url, postgres.DefaultTimeouts())
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }()
	src := &source.Source{
		Name: name, DB: db, Staging: layer, Settings: settings.Sources[name], Catalogue: catalogue, Calendar: cal,
		Guard: source.NewGuard(guard.DefaultPolicy()),
	}
	options := source.ReadOptions{AsOf: dataEnd(), Mode: guard.AcceptOnce, MaxRetries: guard.DefaultPolicy().SettleRetries()}
	var cohorts []exactCohort
	err = src.Read(ctx, options, func(ctx context.Context, session *source.Session) error {
		cohorts = nil
		for _, plan := range session.Plans {
			cohort := plan.Cohort
			if !hasPublic(cohort) {
				continue
			}
			periods, err := neededPeriods(cal, cohort, schedules, pages)
			if err != nil {
				return err
			}
			result, err := session.EvaluateTotals(ctx, plan, periods)
			if err != nil {
				return fmt.Errorf("%s: %w", cohort.Name, err)
			}
			exact := exactCohort{Cohort: cohort.Name}
			for _, period := range periods {
				if result.Rows(period) > 0 {
					exact.Filled = append(exact.Filled, exactPeriod{period.Kind, period.Ends})
				}
				for _, observation := range result.Totals(period) {
					if observation.Indicator.Public != definition.PublicNone {
						exact.Values = append(exact.Values, exactValue{
							observation.Indicator.Name, period.Kind, period.Starts, period.Ends,
							observation.Value, observation.Numerator, observation.Denominator, observation.Rows,
						})
					}
				}
			}
			cohorts = append(cohorts, exact)
		}
		return nil
	})
	return cohorts, err
}

func hasPublic(cohort *definition.Cohort) bool {
	for _, indicator := range cohort.Indicators {
		if indicator.Public != definition.PublicNone {
			return true
		}
	}
	return false
}

// neededPeriods lists what a cohort is queried for so that every page can be published.
func neededPeriods(cal *calendar.Calendar, cohort *definition.Cohort, schedules []publication.Schedule, pages map[calendar.Kind]int) ([]calendar.Period, error) {
	var periods []calendar.Period
	for _, schedule := range schedules {
		open, err := openDays(cal, schedule.Kind, pages[schedule.Kind])
		if err != nil {
			return nil, err
		}
		for _, page := range open {
			periods = append(periods, schedule.Windows(cal, cohort, page)...)
			periods = append(periods, calendar.QueryPeriods(schedule.ReportPeriods(cal, cohort, page))...)
		}
	}
	return calendar.Unique(periods), nil
}
