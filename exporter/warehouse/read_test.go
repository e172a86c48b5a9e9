package warehouse_test

import (
	"context"
	"errors"
	"testing"

	"childrens-services-exporter/exporter/collect/collecttest"
	"childrens-services-exporter/exporter/period"
	"childrens-services-exporter/exporter/warehouse"
)

func TestFunctionThatIgnoresASpoiltReadingIsOverruled(t *testing.T) {
	at := collecttest.Database(t)
	db := collecttest.Session(t, at)
	source := collecttest.Source(t, at, collecttest.Settings{Guards: trusting()})
	err := source.Read(t.Context(), collecttest.Noon(), false, func(ctx context.Context, reading *warehouse.Reading) error {
		db.MustExec("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and state = 'idle in transaction'")
		for _, plan := range reading.Plans {
			_, _ = reading.Evaluate(ctx, plan, []period.Period{plan.Cohort.Period(source.Calendar, plan.Cohort.Windows[0], collecttest.Noon())})
		}
		return nil
	})
	if err == nil || warehouse.Reason(err) != "the connection was lost" {
		t.Errorf("the reading ended with %v", err)
	}
}

func TestCommandThatOnlyLooksTeachesTheExporterNothing(t *testing.T) {
	at := collecttest.Database(t)
	directory := t.TempDir()
	guards := func() *warehouse.Guards {
		return warehouse.GuardsIn(directory, "social_care", warehouse.DefaultGuardRules())
	}
	running := collecttest.Source(t, at, collecttest.Settings{Guards: guards()})
	look := warehouse.Look{Today: collecttest.Noon()}
	nothing := func(context.Context, *warehouse.Reading) error { return nil }
	if err := running.ReadSettled(t.Context(), look, nothing); err != nil {
		t.Fatal(err)
	}
	collecttest.Session(t, at).MustExec("delete from ssd_cp_plans where cppl_cp_plan_id <> 'C1'")
	check := collecttest.Source(t, at, collecttest.Settings{Guards: guards()})
	look.Accept = true
	if err := check.ReadSettled(t.Context(), look, nothing); err != nil {
		t.Errorf("the look itself: %v", err)
	}
	var refusal *warehouse.Refusal
	if err := running.Read(t.Context(), collecttest.Noon(), false, nothing); !errors.As(err, &refusal) || refusal.Reason != "rows_fell" {
		t.Errorf("the running exporter: %v", err)
	}
	if err := check.Read(t.Context(), collecttest.Noon(), true, nothing); err != nil {
		t.Errorf("accept: %v", err)
	}
	if err := running.Read(t.Context(), collecttest.Noon(), false, nothing); err != nil {
		t.Errorf("the running exporter after accept: %v", err)
	}
}

func TestCommandThatReadsOftenWearsNoGuardDown(t *testing.T) {
	at := collecttest.Database(t)
	source := collecttest.Source(t, at, collecttest.Settings{})
	look := warehouse.Look{Today: collecttest.Noon()}
	empty := func() (found bool) {
		t.Helper()
		err := source.ReadSettled(t.Context(), look, func(_ context.Context, reading *warehouse.Reading) error {
			found = reading.Empty["worker"]
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	if empty() {
		t.Fatal("the workers are there")
	}
	collecttest.Session(t, at).MustExec("truncate ssd_professionals; truncate ssd_involvements; delete from ssd_cp_plans; delete from ssd_cp_visits")
	source.Guards = warehouse.NewGuards(warehouse.DefaultGuardRules())
	for range 10 {
		if !empty() {
			t.Fatal("an empty table was believed after some readings in a row")
		}
	}
}
