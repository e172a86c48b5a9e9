package oracle_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"childrens-services-exporter/deploy/postgres"
	"childrens-services-exporter/exporter/catalogue"
	"childrens-services-exporter/exporter/period"
	"childrens-services-exporter/exporter/warehouse"
	"childrens-services-exporter/internal/oracle"
	"childrens-services-exporter/internal/throwaway/pgtest"
)

// council is a database that one council after another is loaded into.
type council struct {
	source      *warehouse.Source
	definitions *catalogue.Catalogue // with the limits that law and guidance set
	db          *sqlx.DB
	types       map[string]map[string]bool // the columns of each table
	filled      []string
}

func open(t *testing.T, source string) *council {
	t.Helper()
	url := pgtest.Database(t)
	db, err := warehouse.Open("TEST_URL", url, warehouse.DefaultWaits())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	writer, err := sqlx.Open("postgres", url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = writer.Close() })
	types := map[string]map[string]bool{}
	for _, group := range []string{source, "local"} {
		ddl, err := postgres.DDL(group)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := writer.Exec(ddl); err != nil {
			t.Fatal(err)
		}
		tables, err := postgres.Tables(group)
		if err != nil {
			t.Fatal(err)
		}
		for _, table := range tables {
			types[table.Name] = map[string]bool{}
			for _, column := range table.Columns {
				types[table.Name][column.Name] = true
			}
		}
	}
	settings := catalogue.Settings{}
	definitions, err := catalogue.Load(settings, catalogue.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	staging, err := warehouse.NewStaging(source, settings)
	if err != nil {
		t.Fatal(err)
	}
	calendar, err := settings.NewCalendar()
	if err != nil {
		t.Fatal(err)
	}
	return &council{
		source:      &warehouse.Source{Name: source, DB: db, Staging: staging, Calendar: calendar},
		definitions: definitions, db: writer, types: types,
	}
}

// fill empties the tables and loads a council's rows as they are.
func (c *council) fill(t *testing.T, rows oracle.Council) {
	t.Helper()
	tx, err := c.db.Beginx()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	for _, table := range c.filled {
		if _, err := tx.Exec("delete from " + table); err != nil {
			t.Fatal(err)
		}
	}
	c.filled = nil
	for _, table := range sorted(rows) {
		if c.types[table] != nil {
			c.copy(t, tx, table, rows[table])
		}
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
}

func (c *council) copy(t *testing.T, tx *sqlx.Tx, table string, rows []oracle.Row) {
	t.Helper()
	c.filled = append(c.filled, table)
	columns := map[string]bool{}
	for _, row := range rows {
		for column := range row {
			columns[column] = true
		}
	}
	names := sorted(columns)
	statement, err := tx.Prepare(fmt.Sprintf("copy %s (%s) from stdin", table, strings.Join(names, ", ")))
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		values := make([]any, len(names))
		for i, name := range names {
			if text, filled := row[name]; filled {
				values[i] = text
			}
		}
		if _, err := statement.Exec(values...); err != nil {
			t.Fatalf("%s: %v", table, err)
		}
	}
	if _, err := statement.Exec(); err != nil {
		t.Fatalf("%s: %v", table, err)
	}
	if err := statement.Close(); err != nil {
		t.Fatalf("%s: %v", table, err)
	}
}

// evaluate asks the exporter for all the views at once, one statement a cohort, and files its samples by view.
func (c *council) evaluate(t *testing.T, made oracle.Case, samples map[view]map[string]float64) {
	t.Helper()
	c.source.Guards = warehouse.NewGuards(warehouse.GuardRules{Settle: 1, Insist: 1, Floor: 0.5, FloorFrom: 50})
	c.source.Catalogue = c.definitions
	if made.Limits != oracle.DefaultLimits() {
		own, err := catalogue.Load(catalogue.Settings{Limits: limitValues(made.Limits)}, catalogue.Embedded())
		if err != nil {
			t.Fatal(err)
		}
		c.source.Catalogue = own
	}
	populations := catalogue.Populations{"children": made.Populations.Children, "children_5_to_15": made.Populations.Children5To15}
	err := c.source.Read(context.Background(), civil(made.Days[0]), false, func(ctx context.Context, reading *warehouse.Reading) error {
		for _, plan := range reading.Plans {
			if !slices.Contains(cohorts(), plan.Cohort.Name) {
				continue
			}
			asked := map[view][]period.Period{}
			var all []period.Period
			for _, v := range views(made) {
				asked[v] = c.periods(t, plan.Cohort, v)
				all = append(all, asked[v]...)
			}
			answer, err := reading.Evaluate(ctx, plan, all)
			if err != nil {
				t.Errorf("seed %d: %v", made.Seed, err)
				continue
			}
			for v, periods := range asked {
				if samples[v] == nil {
					samples[v] = map[string]float64{}
				}
				for _, p := range periods {
					for _, r := range answer.Readings(p, populations) {
						for _, sample := range r.Samples() {
							samples[v][keyOf(sample)] = sample.Value
						}
					}
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatalf("seed %d: %v", made.Seed, err)
	}
}

func (c *council) periods(t *testing.T, cohort *catalogue.Cohort, v view) []period.Period {
	t.Helper()
	var all []period.Period
	for _, kind := range cohort.Windows {
		if v.back == live {
			all = append(all, c.source.Calendar.At(kind, civil(v.day)))
			continue
		}
		if slices.Contains([]period.Kind{period.Snapshot, period.FinancialYearToDate, period.AcademicYearToDate, period.Rolling12Months}, kind) {
			continue
		}
		reported, err := c.source.Calendar.Reported(kind, civil(v.day), v.back)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, reported)
	}
	return all
}

func civil(day oracle.Date) time.Time { return period.Date(day.Year, day.Month, day.Day) }

func keyOf(sample catalogue.Sample) string {
	labels := map[string]string{}
	for i, name := range sample.Family.Labels {
		labels[name] = sample.Labels[i]
	}
	return oracle.Key(sample.Family.Name, labels)
}

// limitValues are the limits by the names that settings have for them.
func limitValues(l oracle.Limits) catalogue.LimitValues {
	return catalogue.LimitValues{
		"referral_repeat": l.ReferralRepeat, "early_help_long": l.EarlyHelpLong, "assessment_length": l.AssessmentLength,
		"cp_conference": l.Conference, "cp_visit": l.PlanVisit, "cp_visit_due_soon": l.PlanVisitDueSoon, "cp_plan_long": l.PlanLong,
		"cp_review_first": l.PlanReviewFirst, "cp_review_next": l.PlanReviewNext, "cin_oldest": l.InNeedOldest,
		"cla_first_visit": l.CareFirstVisit, "cla_visit": l.CareVisit, "cla_settled": l.CareSettled, "cla_visit_settled": l.CareVisitSettled,
		"cla_visit_home_before_review": l.CareVisitHomeAtFirst, "cla_visit_home": l.CareVisitHome,
		"cla_first_review": l.CareFirstReview, "cla_second_review": l.CareSecondReview, "cla_next_review": l.CareNextReview,
		"caseload_limit": l.Caseload, "ehcp_issue": l.EHCPIssue, "cme_long": l.MissingEducationLonger,
	}
}
