package source_test

import (
	"context"
	"errors"
	"testing"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/source"
	"childrens-services-exporter/internal/testcouncil"
)

func TestFunctionThatIgnoresASpoiltReadingIsOverruled(t *testing.T) {
	at := testcouncil.Database(t)
	db := testcouncil.Session(t, at)
	src := testcouncil.Source(t, at, testcouncil.Settings{Guards: trusting()})
	err := src.Read(t.Context(), testcouncil.Noon(), false, func(ctx context.Context, session *source.Session) error {
		db.MustExec("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and state = 'idle in transaction'")
		for _, plan := range session.Plans {
			_, _ = session.Evaluate(ctx, plan, []calendar.Period{plan.Cohort.Period(src.Calendar, plan.Cohort.Windows[0], testcouncil.Noon())})
		}
		return nil
	})
	if err == nil || source.Describe(err) != "the connection was lost" {
		t.Errorf("the reading ended with %v", err)
	}
}

func TestCommandThatOnlyLooksTeachesTheExporterNothing(t *testing.T) {
	at := testcouncil.Database(t)
	directory := t.TempDir()
	guards := func() *source.Guard {
		return source.OpenGuard(directory, "social_care", source.DefaultGuardPolicy())
	}
	running := testcouncil.Source(t, at, testcouncil.Settings{Guards: guards()})
	look := source.ReadOptions{AsOf: testcouncil.Noon()}
	nothing := func(context.Context, *source.Session) error { return nil }
	if err := running.ReadWithRetry(t.Context(), look, nothing); err != nil {
		t.Fatal(err)
	}
	testcouncil.Session(t, at).MustExec("delete from ssd_cp_plans where cppl_cp_plan_id <> 'C1'")
	check := testcouncil.Source(t, at, testcouncil.Settings{Guards: guards()})
	look.Accept = true
	if err := check.ReadWithRetry(t.Context(), look, nothing); err != nil {
		t.Errorf("the look itself: %v", err)
	}
	var refusal *source.UnavailableError
	if err := running.Read(t.Context(), testcouncil.Noon(), false, nothing); !errors.As(err, &refusal) || refusal.Reason != "rows_fell" {
		t.Errorf("the running exporter: %v", err)
	}
	if err := check.Read(t.Context(), testcouncil.Noon(), true, nothing); err != nil {
		t.Errorf("accept: %v", err)
	}
	if err := running.Read(t.Context(), testcouncil.Noon(), false, nothing); err != nil {
		t.Errorf("the running exporter after accept: %v", err)
	}
}

func TestCommandThatReadsOftenWearsNoGuardDown(t *testing.T) {
	at := testcouncil.Database(t)
	src := testcouncil.Source(t, at, testcouncil.Settings{})
	look := source.ReadOptions{AsOf: testcouncil.Noon()}
	empty := func() (found bool) {
		t.Helper()
		err := src.ReadWithRetry(t.Context(), look, func(_ context.Context, session *source.Session) error {
			found = session.Empty["worker"]
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
	testcouncil.Session(t, at).MustExec("truncate ssd_professionals; truncate ssd_involvements; delete from ssd_cp_plans; delete from ssd_cp_visits")
	src.Guard = source.NewGuard(source.DefaultGuardPolicy())
	for range 10 {
		if !empty() {
			t.Fatal("an empty table was believed after some readings in a row")
		}
	}
}
