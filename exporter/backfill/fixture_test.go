package backfill_test

import (
	"context"
	"io"
	"log/slog"
	"testing"
	"testing/fstest"
	"time"

	"github.com/jmoiron/sqlx"

	"childrens-services-exporter/exporter/backfill"
	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/csvload/schema"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/guard"
	"childrens-services-exporter/exporter/postgres"
	"childrens-services-exporter/exporter/source"
	"childrens-services-exporter/exporter/staging"
	"childrens-services-exporter/internal/temppg/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

const plansYAML = `cohort: Plans
row: a plan open on the day
source: social_care
at: snapshot
grain: [plan]
columns:
  plan: the plan
  team: the team
  worker: the worker
  starts: day it started
indicators:
  - name: childrens_plans
    id: 1
    title: Plans
    unit: count
    count: all
    breakdowns: [{by: team}, {by: worker, labels: [team, worker], workers: true}]
    better: neither
    target: none - an example
    public: none
    definition: 'Plans "open" on the day, by C:\path.'
    law: none
    version: 1
  - name: childrens_plans_long_ratio
    id: 2
    title: Long plans
    unit: ratio
    denominator: all
    numerator: days(starts, as_of) > 20
    breakdowns: []
    better: neither
    target: none - an example
    public: none
    definition: Plans older than 20 days.
    law: none
    version: 1
`

// plansSQL has one plan from 10 March 2026 on, and a second one, of a team whose
// name needs escaping, from 20 March to 5 April.
const plansSQL = `
-- A row is a plan open on the day.
select period.kind, period.ends, plan.*
from period
join (values ('a', 'North', 'W1', date '2026-03-10', date '2027-01-01'),
             ('b', E'South "2"\\\nand more', 'W2', date '2026-03-20', date '2026-04-05')
     ) as plan (plan, team, worker, starts, stops)
  on period.ends between plan.starts and plan.stops`

const startedYAML = `cohort: Started
row: a plan started in the month
source: social_care
windows: [month]
grain: [plan]
columns:
  plan: the plan
indicators:
  - name: childrens_plans_started
    id: 3
    title: Started
    unit: count
    count: all
    better: neither
    target: none - an example
    public: none
    definition: Plans started in the window.
    law: none
    version: 1
`

const startedSQL = `
-- A row is a plan started in the month.
select period.kind, period.ends, plan.*
from period
join (values ('a', date '2026-02-10'), ('b', date '2026-02-20'), ('c', date '2026-03-20')) as plan (plan, starts)
  on plan.starts between period.starts and period.ends`

func definitions() fstest.MapFS {
	return fstest.MapFS{
		"plans/open.yaml":    {Data: []byte(plansYAML)},
		"plans/open.sql":     {Data: []byte(plansSQL)},
		"plans/started.yaml": {Data: []byte(startedYAML)},
		"plans/started.sql":  {Data: []byte(startedSQL)},
	}
}

// createTables makes empty tables, all but that of the child protection plans.
func createTables(t testing.TB, address string) {
	t.Helper()
	ddl, err := schema.DDL("social_care")
	if err != nil {
		t.Fatal(err)
	}
	db, err := sqlx.Open("postgres", address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if _, err := db.Exec(ddl + "; drop table ssd_cp_plans"); err != nil {
		t.Fatal(err)
	}
}

// newSource is a source whose cohorts bring their own rows.
func newSource(t testing.TB, files fstest.MapFS) *source.Source {
	t.Helper()
	settings := config.Settings{}
	loaded, err := definition.Load(settings, files)
	if err != nil {
		t.Fatal(err)
	}
	staging, err := staging.New("social_care", settings)
	if err != nil {
		t.Fatal(err)
	}
	cal, err := settings.NewCalendar()
	if err != nil {
		t.Fatal(err)
	}
	address := pgtest.Database(t)
	createTables(t, address)
	db, err := postgres.Open("TEST_URL", address, postgres.DefaultTimeouts())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return &source.Source{
		Name: "social_care", DB: db, Staging: staging, Catalogue: loaded, Calendar: cal,
		Guard: source.NewGuard(guard.DefaultPolicy()),
	}
}

func options(from, to time.Time) backfill.Options {
	return backfill.Options{
		From: from, To: to, BatchDays: 9,
		Labels: map[string]string{"job": "childrens-services", "authority": `A "b" \ c`},
		Read:   source.ReadOptions{AsOf: to, Mode: guard.AcceptOnce},
		Log:    slog.New(slog.NewTextHandler(io.Discard, nil)),
	}
}

// spring is a range with a change of the clocks, a change of the year's quarter
// and three months.
func spring() (from, to time.Time) {
	return calendar.Date(2026, time.February, 26), calendar.Date(2026, time.April, 8)
}

func worked(t testing.TB, files fstest.MapFS) *backfill.History {
	t.Helper()
	past := backfill.New(options(spring()))
	if err := past.Add(context.Background(), newSource(t, files)); err != nil {
		t.Fatal(err)
	}
	return past
}
