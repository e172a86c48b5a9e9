package collector_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/postgres"
	"childrens-services-exporter/exporter/unavailable"
	"childrens-services-exporter/internal/testcouncil"
)

// refusal wants an error to be one, for a reason.
func refusal(t *testing.T, err error, reason unavailable.Reason) *unavailable.Error {
	t.Helper()
	var values *unavailable.Error
	if !errors.As(err, &values) || values.Reason != reason {
		t.Fatalf("the collection ended with %v, want %s", err, reason)
	}
	return values
}

func TestRefreshDoesNotWaitForALongEvaluation(t *testing.T) {
	url := councilWithState(t)
	refresh, observer := impatient(t, url), testcouncil.Session(t, url)
	refresh.MustExec("create table gate (n integer)")
	source := testcouncil.Source(t, url, testcouncil.Settings{Layers: []fs.FS{gate()}})
	current := testcouncil.DefaultOptions().Collector(source)
	testcouncil.Settle(t, current)
	before := testcouncil.Samples(current.Snapshot())
	refresh.MustExec("insert into gate values (1)")
	for _, table := range coreTables() {
		for _, doing := range []string{"truncate ", "drop table "} {
			ended := collection(t, current)
			await(t, observer, atTheGate)
			began := time.Now()
			tx := refresh.MustBegin()
			if _, err := tx.Exec(doing + table); err != nil {
				t.Errorf("%s%s waited %v: %v", doing, table, time.Since(began), err)
			}
			if err := tx.Rollback(); err != nil {
				t.Fatal(err)
			}
			refusal(t, <-ended, "gave_way")
			if diff := cmp.Diff(before, testcouncil.Samples(current.Snapshot())); diff != "" {
				t.Errorf("%s%s left other values:\n%s", doing, table, diff)
			}
		}
	}
}

func TestReplacementBetweenSnapshotAndLockAbortsTheRead(t *testing.T) {
	url := councilWithState(t)
	refresh, observer := testcouncil.Session(t, url), testcouncil.Session(t, url)
	// The exporter must wait for the refresh to commit rather than give up.
	patient := postgres.DefaultTimeouts()
	patient.Lock = time.Minute
	source := testcouncil.Source(t, url, testcouncil.Settings{Waits: patient})
	for name, replace := range map[string]string{
		"truncate":            "truncate ssd_cp_plans",
		"truncate and refill": "truncate ssd_cp_plans; insert into ssd_cp_plans table keep.ssd_cp_plans",
		"drop and recreate":   "drop table ssd_cp_plans; create table ssd_cp_plans (like keep.ssd_cp_plans)",
		"swap for another":    "alter table ssd_cp_plans rename to last_night; alter table spare rename to ssd_cp_plans",
		"drop":                "drop table ssd_cp_plans",
		"move to a schema":    "alter table ssd_cp_plans set schema keep_too",
	} {
		t.Run(name, func(t *testing.T) {
			refresh.MustExec(`drop schema if exists keep_too cascade; create schema keep_too;
				drop table if exists ssd_cp_plans, spare, last_night;
				create table ssd_cp_plans as table keep.ssd_cp_plans; create table spare (like keep.ssd_cp_plans)`)
			current := testcouncil.DefaultOptions().Collector(source)
			testcouncil.Settle(t, current)
			tx := refresh.MustBegin()
			tx.MustExec("lock table ssd_cp_plans in access exclusive mode")
			ended := collection(t, current)
			await(t, observer, atALock)
			tx.MustExec(replace)
			if err := tx.Commit(); err != nil {
				t.Fatal(err)
			}
			refusal(t, <-ended, "refresh")
			if wrong := wrongValues(current.Snapshot()); len(wrong) > 0 {
				t.Errorf("wrong: %s", strings.Join(wrong, "; "))
			}
		})
	}
}

func TestTableBehindAFunctionIsNotBelievedOnceReplaced(t *testing.T) {
	url := councilWithState(t)
	refresh, observer := testcouncil.Session(t, url), testcouncil.Session(t, url)
	// The exporter cannot know of this table before the function reads it.
	refresh.MustExec(`create function open_plans() returns setof ssd_cp_plans
		language plpgsql as $$ begin return query execute 'table ssd_cp_plans'; end $$`)
	file := filepath.Join(t.TempDir(), "cp_plan.sql")
	own := `select cppl_cp_plan_id::text as plan_id, cppl_person_id::text as person_id, cppl_cp_plan_start_date::date as starts,
		cppl_cp_plan_end_date::date as ends from open_plans()`
	if err := os.WriteFile(file, []byte(own), 0o600); err != nil {
		t.Fatal(err)
	}
	patient := postgres.DefaultTimeouts()
	patient.Lock = time.Minute
	settings := config.Settings{Sources: map[string]config.SourceSettings{"social_care": {Staging: map[string]string{"cp_plan": file}}}}
	source := testcouncil.Source(t, url, testcouncil.Settings{Council: settings, Waits: patient, Guards: acceptAtOnce()})
	current := testcouncil.DefaultOptions().Collector(source)
	testcouncil.Settle(t, current)
	tx := refresh.MustBegin()
	tx.MustExec("lock table ssd_person in access exclusive mode")
	ended := collection(t, current)
	await(t, observer, atALock)
	tx.MustExec("truncate ssd_cp_plans")
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	refusal(t, <-ended, "refresh")
	if diff := cmp.Diff(expectedSamples(), testcouncil.Samples(current.Snapshot())); diff != "" {
		t.Error(diff)
	}
}

func TestRefreshThatWaitsForASecondTableGoesFirst(t *testing.T) {
	url := councilWithState(t)
	refresh, observer := impatient(t, url), testcouncil.Session(t, url)
	current := testcouncil.DefaultOptions().Collector(testcouncil.Source(t, url, testcouncil.Settings{}))
	testcouncil.Settle(t, current)
	tx := refresh.MustBegin()
	// Touched last, while the plans are touched first: each waits for the other.
	tx.MustExec("truncate ssd_cin_episodes")
	ended := collection(t, current)
	await(t, observer, atALock)
	if _, err := tx.Exec("truncate ssd_cp_plans"); err != nil {
		t.Errorf("the refresh did not go first: %v", err)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	err := <-ended
	if !unavailable.IsRetryable(err) {
		t.Errorf("the collection ended with %v", err)
	}
	if diff := cmp.Diff(expectedSamples(), testcouncil.Samples(current.Snapshot())); diff != "" {
		t.Error(diff)
	}
}
