package source_test

import (
	"context"
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/guard"
	"childrens-services-exporter/exporter/postgres"
	"childrens-services-exporter/exporter/source"
	"childrens-services-exporter/exporter/store"
	"childrens-services-exporter/exporter/unavailable"
	"childrens-services-exporter/internal/testcouncil"
)

// settleOptions are those of a command that reads once and waits until tables settle.
func settleOptions() source.ReadOptions {
	return source.ReadOptions{
		AsOf: testcouncil.Noon(), Mode: guard.EnforceWithoutProgress, MaxRetries: guard.DefaultPolicy().SettleRetries(),
	}
}

func TestFunctionThatIgnoresAnAbortedSessionIsOverruled(t *testing.T) {
	at := testcouncil.Database(t)
	db := testcouncil.Session(t, at)
	src := testcouncil.Source(t, at, testcouncil.Settings{Guards: acceptingGuard()})
	err := src.Read(t.Context(), source.ReadOptions{AsOf: testcouncil.Noon()}, func(ctx context.Context, session *source.Session) error {
		db.MustExec("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and state = 'idle in transaction'")
		for _, plan := range session.Plans {
			_, _ = session.Evaluate(ctx, plan, []calendar.Period{plan.Cohort.Period(src.Calendar, plan.Cohort.Windows[0], testcouncil.Noon())})
		}
		return nil
	})
	if err == nil || postgres.Describe(err) != "the connection was lost" {
		t.Errorf("the session ended with %v", err)
	}
}

func TestCommandThatAcceptsOnceChangesNothingForTheExporter(t *testing.T) {
	at := testcouncil.Database(t)
	directory := t.TempDir()
	openGuard := func() *source.Guard {
		return source.OpenGuard(store.Open(directory), "social_care", guard.DefaultPolicy())
	}
	running := testcouncil.Source(t, at, testcouncil.Settings{Guards: openGuard()})
	read := func(src *source.Source, mode guard.Mode) error {
		options := settleOptions()
		options.Mode = mode
		if mode != guard.EnforceWithoutProgress {
			options.MaxRetries = 0
		}
		return src.Read(t.Context(), options, func(context.Context, *source.Session) error { return nil })
	}
	if err := read(running, guard.EnforceWithoutProgress); err != nil {
		t.Fatal(err)
	}
	testcouncil.Session(t, at).MustExec("delete from ssd_cp_plans where cppl_cp_plan_id <> 'C1'")
	check := testcouncil.Source(t, at, testcouncil.Settings{Guards: openGuard()})
	if err := read(check, guard.AcceptOnce); err != nil {
		t.Errorf("the command itself: %v", err)
	}
	var held *unavailable.Error
	if err := read(running, guard.Enforce); !errors.As(err, &held) || held.Reason != unavailable.RowsFell {
		t.Errorf("the running exporter: %v", err)
	}
	if err := read(check, guard.AcceptAndStore); err != nil {
		t.Errorf("accept: %v", err)
	}
	if err := read(running, guard.Enforce); err != nil {
		t.Errorf("the running exporter after accept: %v", err)
	}
}

func TestCommandThatReadsOftenIsNoPersistence(t *testing.T) {
	at := testcouncil.Database(t)
	src := testcouncil.Source(t, at, testcouncil.Settings{})
	isEmpty := func() (empty bool) {
		t.Helper()
		err := src.Read(t.Context(), settleOptions(), func(_ context.Context, session *source.Session) error {
			empty = session.Empty["worker"]
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return empty
	}
	if isEmpty() {
		t.Fatal("the workers are there")
	}
	testcouncil.Session(t, at).MustExec("truncate ssd_professionals; truncate ssd_involvements; delete from ssd_cp_plans; delete from ssd_cp_visits")
	src.Guard = source.NewGuard(guard.DefaultPolicy())
	for range 10 {
		if !isEmpty() {
			t.Fatal("an empty table was accepted after some reads in a row")
		}
	}
}

func TestCohortsAreCompiledAnewWhenTheSchemaChanges(t *testing.T) {
	at := testcouncil.Database(t)
	src := testcouncil.Source(t, at, testcouncil.Settings{Guards: acceptingGuard()})
	missing := func() (missing string) {
		t.Helper()
		err := src.Read(t.Context(), source.ReadOptions{AsOf: testcouncil.Noon()}, func(_ context.Context, session *source.Session) error {
			for _, plan := range session.Plans {
				missing += plan.Missing
				plan.Missing = "changed by the caller"
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return missing
	}
	for range 2 {
		if got := missing(); got != "" {
			t.Fatalf("with all columns: %s", got)
		}
	}
	testcouncil.Session(t, at).MustExec("alter table ssd_cp_plans drop column cppl_cp_plan_start_date")
	if got := missing(); got != "column ssd_cp_plans.cppl_cp_plan_start_date is missing" {
		t.Errorf("without a column: %q", got)
	}
}

func TestCohortThatRepeatsItsGrainIsExplained(t *testing.T) {
	at := testcouncil.Database(t)
	twice := fstest.MapFS{}
	for _, file := range []string{"child_protection/plans.sql", "child_protection/plans.yaml"} {
		text, err := fs.ReadFile(testcouncil.Definitions(), file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(file, ".sql") {
			text = append(text, "cross join (values (1), (2)) as twice"...)
		}
		twice[file] = &fstest.MapFile{Data: text}
	}
	src := testcouncil.Source(t, at, testcouncil.Settings{Guards: acceptingGuard(), Layers: []fs.FS{twice}})
	var err error
	readErr := src.Read(t.Context(), source.ReadOptions{AsOf: testcouncil.Noon()}, func(ctx context.Context, session *source.Session) error {
		for _, plan := range session.Plans {
			if plan.Cohort.Name == "child_protection/plans" {
				_, err = session.Evaluate(ctx, plan, []calendar.Period{plan.Cohort.Period(src.Calendar, plan.Cohort.Windows[0], testcouncil.Noon())})
			}
		}
		return nil
	})
	if readErr != nil {
		t.Fatal(readErr)
	}
	if got := postgres.Describe(err); !strings.Contains(got, "repeat the grain person_id within a period") {
		t.Errorf("%q of %v", got, err)
	}
}
