package collect_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"childrens-services-exporter/exporter/catalogue"
	"childrens-services-exporter/exporter/collect"
	"childrens-services-exporter/exporter/collect/collecttest"
	"childrens-services-exporter/exporter/warehouse"
)

// refusal wants an error to be one, for a reason.
func refusal(t *testing.T, err error, reason string) *warehouse.Refusal {
	t.Helper()
	var found *warehouse.Refusal
	if !errors.As(err, &found) || found.Reason != reason {
		t.Fatalf("the collection ended with %v, want %s", err, reason)
	}
	return found
}

func TestRefreshDoesNotWaitForALongEvaluation(t *testing.T) {
	url := keptCouncil(t)
	refresh, onlooker := impatient(t, url), collecttest.Session(t, url)
	refresh.MustExec("create table gate (n integer)")
	source := collecttest.Source(t, url, collecttest.Settings{Layers: []fs.FS{gate()}})
	collector := collect.New(source, collecttest.Options())
	collecttest.Settle(t, collector)
	before := collecttest.Samples(collector.State())
	refresh.MustExec("insert into gate values (1)")
	for _, table := range coreTables() {
		for _, doing := range []string{"truncate ", "drop table "} {
			ended := collection(t, collector)
			await(t, onlooker, atTheGate)
			began := time.Now()
			tx := refresh.MustBegin()
			if _, err := tx.Exec(doing + table); err != nil {
				t.Errorf("%s%s waited %v: %v", doing, table, time.Since(began), err)
			}
			if err := tx.Rollback(); err != nil {
				t.Fatal(err)
			}
			refusal(t, <-ended, "gave_way")
			if diff := cmp.Diff(before, collecttest.Samples(collector.State())); diff != "" {
				t.Errorf("%s%s left other values:\n%s", doing, table, diff)
			}
		}
	}
}

func TestReplacementBetweenSnapshotAndTouchIsNoticed(t *testing.T) {
	url := keptCouncil(t)
	refresh, onlooker := collecttest.Session(t, url), collecttest.Session(t, url)
	// The exporter must wait for the refresh to commit rather than give up.
	patient := warehouse.DefaultWaits()
	patient.Lock = time.Minute
	source := collecttest.Source(t, url, collecttest.Settings{Waits: patient})
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
			collector := collect.New(source, collecttest.Options())
			collecttest.Settle(t, collector)
			tx := refresh.MustBegin()
			tx.MustExec("lock table ssd_cp_plans in access exclusive mode")
			ended := collection(t, collector)
			await(t, onlooker, atALock)
			tx.MustExec(replace)
			if err := tx.Commit(); err != nil {
				t.Fatal(err)
			}
			refusal(t, <-ended, "refresh")
			if wrong := falsehoods(collector.State()); len(wrong) > 0 {
				t.Errorf("wrong: %s", strings.Join(wrong, "; "))
			}
		})
	}
}

func TestTableBehindAFunctionIsNotBelievedOnceReplaced(t *testing.T) {
	url := keptCouncil(t)
	refresh, onlooker := collecttest.Session(t, url), collecttest.Session(t, url)
	// The exporter cannot know of this table before the function reads it.
	refresh.MustExec(`create function open_plans() returns setof ssd_cp_plans
		language plpgsql as $$ begin return query execute 'table ssd_cp_plans'; end $$`)
	file := filepath.Join(t.TempDir(), "cp_plan.sql")
	own := `select cppl_cp_plan_id::text as plan_id, cppl_person_id::text as person_id, cppl_cp_plan_start_date::date as starts,
		cppl_cp_plan_end_date::date as ends from open_plans()`
	if err := os.WriteFile(file, []byte(own), 0o600); err != nil {
		t.Fatal(err)
	}
	patient := warehouse.DefaultWaits()
	patient.Lock = time.Minute
	settings := catalogue.Settings{Sources: map[string]catalogue.SourceSettings{"social_care": {Staging: map[string]string{"cp_plan": file}}}}
	source := collecttest.Source(t, url, collecttest.Settings{Council: settings, Waits: patient, Guards: trusting()})
	collector := collect.New(source, collecttest.Options())
	collecttest.Settle(t, collector)
	tx := refresh.MustBegin()
	tx.MustExec("lock table ssd_person in access exclusive mode")
	ended := collection(t, collector)
	await(t, onlooker, atALock)
	tx.MustExec("truncate ssd_cp_plans")
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	refusal(t, <-ended, "refresh")
	if diff := cmp.Diff(truth(), collecttest.Samples(collector.State())); diff != "" {
		t.Error(diff)
	}
}

func TestRefreshThatHoldsOneTableAndWantsAnotherGoesFirst(t *testing.T) {
	url := keptCouncil(t)
	refresh, onlooker := impatient(t, url), collecttest.Session(t, url)
	collector := collect.New(collecttest.Source(t, url, collecttest.Settings{}), collecttest.Options())
	collecttest.Settle(t, collector)
	tx := refresh.MustBegin()
	// Touched last, while the plans are touched first: each waits for the other.
	tx.MustExec("truncate ssd_cin_episodes")
	ended := collection(t, collector)
	await(t, onlooker, atALock)
	if _, err := tx.Exec("truncate ssd_cp_plans"); err != nil {
		t.Errorf("the refresh did not go first: %v", err)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	err := <-ended
	if !warehouse.Settling(err) {
		t.Errorf("the collection ended with %v", err)
	}
	if diff := cmp.Diff(truth(), collecttest.Samples(collector.State())); diff != "" {
		t.Error(diff)
	}
}
