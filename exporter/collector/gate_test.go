package collector_test

import (
	"database/sql"
	"errors"
	"testing"
	"testing/fstest"
	"time"

	"github.com/jmoiron/sqlx"

	"childrens-services-exporter/exporter/collector"
	"childrens-services-exporter/internal/testcouncil"
)

// gate is a cohort that takes a minute while the table gate has a row, so that a
// test can do something in the middle of a collection.
func gate() fstest.MapFS {
	return fstest.MapFS{
		"zz_gate/minute.sql": {Data: []byte(`-- A row is the gate on the day.
select period.kind, period.ends, 'gate' as gate_id
from period
cross join lateral (select pg_sleep(60 * (select count(*) from gate))) as slept`)},
		"zz_gate/minute.yaml": {Data: []byte(`cohort: The gate
row: the gate on the day
source: social_care
at: snapshot
grain: [gate_id]
columns: {gate_id: the gate}
indicators:
  - {name: childrens_gate, id: 1, title: Gate, unit: count, count: all, breakdowns: [], better: neither,
     target: none - a test, public: none, definition: The gate., law: none, version: 1}
`)},
	}
}

// collection runs one in the background and gives its error.
func collection(t *testing.T, current *collector.Collector) <-chan error {
	t.Helper()
	ended := make(chan error, 1)
	go func() { ended <- current.Collect(t.Context(), collector.Request{}) }()
	return ended
}

// await looks at the server until a condition on it holds.
func await(t *testing.T, db *sqlx.DB, condition string) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		var holds bool
		err := db.GetContext(t.Context(), &holds, "select exists ("+condition+")")
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			t.Fatal(err)
		}
		if holds {
			return
		}
		select {
		case <-t.Context().Done():
			t.Fatal("never: " + condition)
		case <-tick.C:
		}
	}
}

const (
	atTheGate = "select from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'"
	atALock   = "select from pg_locks where not granted and pid <> pg_backend_pid() and database = (select oid from pg_database where datname = current_database())"
)

// impatient is a refreshing session that gives up a lock after half a second.
func impatient(t *testing.T, url string) *sqlx.DB {
	t.Helper()
	db := testcouncil.Session(t, url)
	db.MustExec("set lock_timeout = 500")
	return db
}
