package collector_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jmoiron/sqlx"

	"childrens-services-exporter/exporter/collector"
	"childrens-services-exporter/exporter/evaluate"
	"childrens-services-exporter/internal/temppg/pgtest"
	"childrens-services-exporter/internal/testcouncil"
)

// coreTables are all the tables that the council's cohorts rest on.
func coreTables() []string {
	return []string{
		"ssd_person", "ssd_cp_plans", "ssd_cp_visits", "ssd_involvements", "ssd_cin_episodes", "ssd_professionals", "ssd_department",
	}
}

// refreshes are the ways in which a council's warehouse is filled anew, each as
// the transactions that it commits one after another. %[1]s is the table, and the
// schema keep has a copy of it.
func refreshes() map[string][]string {
	batch := func(of int, numbers ...int) string {
		return fmt.Sprintf("insert into %%[1]s select (kept).* from (select kept, row_number() over () as n from keep.%%[1]s as kept) as numbered where n %%%% %d in (%s)",
			of, strings.Trim(strings.ReplaceAll(fmt.Sprint(numbers), " ", ", "), "[]"))
	}
	all := "insert into %[1]s table keep.%[1]s"
	return map[string][]string{
		"truncate":               {"truncate %[1]s", all},
		"truncate, then batches": {"truncate %[1]s", batch(4, 0), batch(4, 1, 2), batch(4, 3)},
		"delete, then batches":   {"delete from %[1]s", batch(4, 0), batch(4, 1, 2), batch(4, 3)},
		"drop, create, half":     {"drop table %[1]s", "create table %[1]s (like keep.%[1]s)", batch(2, 0), batch(2, 1)},
	}
}

// councilWithState is the council's database with a copy of every core table.
func councilWithState(t *testing.T) string {
	t.Helper()
	url := testcouncil.Database(t)
	db := testcouncil.Session(t, url)
	db.MustExec("create schema keep")
	for _, table := range coreTables() {
		db.MustExec(fmt.Sprintf("create table keep.%[1]s as table %[1]s", table))
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return url
}

// wrongValues lists the samples that the council's records do not bear out.
func wrongValues(state *evaluate.Snapshot) []string {
	var wrong []string
	want := expectedSamples()
	for key, value := range testcouncil.Samples(state) {
		if right, expected := want[key]; !expected || right != value {
			wrong = append(wrong, fmt.Sprintf("%s is %g, not %g", key, value, right))
		}
	}
	return wrong
}

// watched collects after every transaction of a refresh and fails on any sample
// that is wrong. It then waits for the tables to settle and wants every sample.
func watched(t *testing.T, db *sqlx.DB, collectors map[string]*collector.Collector, table string, transactions []string) {
	t.Helper()
	for _, transaction := range transactions {
		db.MustExec(fmt.Sprintf(transaction, table))
		for name, current := range collectors {
			err := current.Collect(t.Context(), collector.Request{})
			if wrong := wrongValues(current.Snapshot()); len(wrong) > 0 {
				t.Fatalf("%s, after %s (%v): %s", name, fmt.Sprintf(transaction, table), err, strings.Join(wrong, "; "))
			}
		}
	}
	for name, current := range collectors {
		testcouncil.Settle(t, current)
		if diff := cmp.Diff(expectedSamples(), testcouncil.Samples(current.Snapshot())); diff != "" {
			t.Errorf("%s, after the refresh:\n%s", name, diff)
		}
	}
}

func TestRefreshBetweenCollectionsServesNothingWrong(t *testing.T) {
	url := councilWithState(t)
	for _, table := range coreTables() {
		t.Run(table, func(t *testing.T) {
			t.Parallel()
			clone := pgtest.Clone(t, url)
			db := testcouncil.Session(t, clone)
			running := testcouncil.DefaultOptions().Collector(testcouncil.Source(t, clone, testcouncil.Settings{}))
			testcouncil.Settle(t, running)
			for name, transactions := range refreshes() {
				t.Run(name, func(t *testing.T) {
					started := testcouncil.DefaultOptions().Collector(testcouncil.Source(t, clone, testcouncil.Settings{}))
					watched(t, db, map[string]*collector.Collector{"running": running, "before its first collection": started}, table, transactions)
				})
			}
		})
	}
}
