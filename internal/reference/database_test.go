package reference_test

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"testing"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/guard"
	"childrens-services-exporter/exporter/postgres"
	"childrens-services-exporter/exporter/source"
	"childrens-services-exporter/exporter/staging"
	"childrens-services-exporter/internal/fixtures"
	"childrens-services-exporter/internal/reference"
	"childrens-services-exporter/internal/temppg/pgtest"
)

// database is a database that one council after another is loaded into.
type database struct {
	source      *source.Source
	definitions *definition.Catalogue // with the limits that law and guidance set
	db          *sql.DB
	tables      []string
}

func open(t *testing.T, src string) *database {
	t.Helper()
	url := pgtest.Database(t)
	db, err := postgres.Open("TEST_URL", url, postgres.DefaultTimeouts())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	writer, err := sql.Open("postgres", url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = writer.Close() })
	if err := fixtures.Create(writer, src, "local"); err != nil {
		t.Fatal(err)
	}
	settings := config.Settings{Authority: config.Authority{LACode: 872}}
	definitions, err := definition.Load(settings, definition.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	staging, err := staging.New(src, settings)
	if err != nil {
		t.Fatal(err)
	}
	cal, err := settings.NewCalendar()
	if err != nil {
		t.Fatal(err)
	}
	return &database{
		source:      &source.Source{Name: src, DB: db, Staging: staging, Calendar: cal},
		definitions: definitions, db: writer,
	}
}

// fill empties the tables and loads a council's rows as they are.
func (c *database) fill(t *testing.T, random reference.Case) {
	t.Helper()
	rows, err := fixtures.Rows(random, c.source.Name, "local")
	if err != nil {
		t.Fatal(err)
	}
	if err := fixtures.Fill(c.db, rows, c.tables...); err != nil {
		t.Fatalf("seed %d: %v", random.Seed, err)
	}
	c.tables = slices.Sorted(maps.Keys(rows))
}

// evaluate asks the exporter for all the views at once, one statement a cohort, and files its samples by view.
func (c *database) evaluate(t *testing.T, random reference.Case, samples map[fixtures.View]map[string]float64) {
	t.Helper()
	c.source.Guard = source.NewGuard(guard.Policy{MinStableReads: 1, MinPersistentReads: 1, MaxUnmappedShare: 1})
	c.source.Catalogue = c.definitions
	if random.Limits != reference.DefaultLimits() {
		own, err := definition.Load(config.Settings{Authority: c.definitions.Authority, Limits: limitValues(random.Limits)}, definition.Embedded())
		if err != nil {
			t.Fatal(err)
		}
		c.source.Catalogue = own
	}
	definitions := *c.source.Catalogue
	definitions.Populations = fixtures.Populations(random)
	c.source.Catalogue = &definitions
	err := c.source.Read(context.Background(), source.ReadOptions{AsOf: fixtures.Time(random.Days[0])}, func(ctx context.Context, reading *source.Session) error {
		for _, plan := range reading.Plans {
			if !slices.Contains(cohorts(), plan.Cohort.Name) {
				continue
			}
			periodsOf := map[fixtures.View][]calendar.Period{}
			var all []calendar.Period
			for _, v := range fixtures.Views(random) {
				periods, err := v.Periods(c.source.Calendar, plan.Cohort)
				if err != nil {
					return err
				}
				periodsOf[v] = periods
				all = append(all, periodsOf[v]...)
			}
			answer, err := reading.Evaluate(ctx, plan, all)
			if err != nil {
				t.Errorf("seed %d: %v", random.Seed, err)
				continue
			}
			for v, periods := range periodsOf {
				if samples[v] == nil {
					samples[v] = map[string]float64{}
				}
				for _, p := range periods {
					for _, r := range answer.Observations(p) {
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
		t.Fatalf("seed %d: %v", random.Seed, err)
	}
}

func keyOf(sample definition.Sample) string {
	labels := map[string]string{}
	for i, name := range sample.Family.Labels {
		labels[name] = sample.Labels[i]
	}
	return reference.Key(sample.Family.Name, labels)
}

// limitValues are the limits by the names that settings have for them.
func limitValues(l reference.Limits) config.LimitValues {
	return config.LimitValues{
		"referral_decision": l.ReferralDecision, "contact_referral": l.ContactReferral, "early_help_step_up_before": l.StepUpBefore, "early_help_step_up_after": l.StepUpAfter,
		"referral_repeat": l.ReferralRepeat, "early_help_long": l.EarlyHelpLong, "assessment_length": l.AssessmentLength,
		"cp_conference": l.Conference, "cp_visit": l.PlanVisit, "cp_visit_due_soon": l.PlanVisitDueSoon, "cp_plan_long": l.PlanLong,
		"cp_review_first": l.PlanReviewFirst, "cp_review_next": l.PlanReviewNext, "cin_oldest": l.InNeedOldest,
		"cp_review_due_soon": l.PlanReviewDueSoon, "cp_plan_repeat_recent": l.PlanRepeatRecent, "cp_seen_alone_age": l.PlanSeenAloneAge,
		"cp_core_group": l.PlanCoreGroup, "cp_milestone_9m": l.PlanMilestone9, "cp_milestone_12m": l.PlanMilestone12,
		"cp_milestone_15m": l.PlanMilestone15, "cp_milestone_18m": l.PlanMilestone18, "cp_milestone_soon": l.PlanMilestoneSoon,
		"cin_plan_long": l.NeedPlanLong, "cin_visit": l.NeedVisit, "cin_visit_due_soon": l.NeedVisitDueSoon, "cin_allocation": l.NeedAllocation,
		"cla_first_visit": l.CareFirstVisit, "cla_visit": l.CareVisit, "cla_settled": l.CareSettled, "cla_visit_settled": l.CareVisitSettled,
		"cla_visit_home_before_review": l.CareVisitHomeAtFirst, "cla_visit_home": l.CareVisitHome,
		"cla_first_review": l.CareFirstReview, "cla_second_review": l.CareSecondReview, "cla_next_review": l.CareNextReview,
		"caseload_limit": l.Caseload, "ehcp_decision": l.EHCPDecision, "ehcp_plan_decision": l.EHCPPlanDecision,
		"ehcp_issue": l.EHCPIssue, "ehcp_review": l.EHCPReview, "ehcp_review_decision": l.EHCPReviewDecision, "cme_long": l.MissingEducationLonger,
		"cla_long_term": l.CareLongTerm, "cla_placement_stable": l.CarePlacementStable,
		"cla_distant": l.CareDistant, "missing_interview": l.MissingInterview,
		"careleaver_contact": l.LeaverContact, "careleaver_pathway_review": l.LeaverPathwayReview,
		"attendance_persistent": l.PersistentAbsence, "attendance_severe": l.SevereAbsence,
		"supervision": l.Supervision, "supervision_due_soon": l.SupervisionDueSoon, "workforce_count_age": l.WorkforceCountAge,
		"audit_coverage": l.AuditCoverage, "post16_return_age": l.Post16ReturnAge,
	}
}
