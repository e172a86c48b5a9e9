package postgres_test

import (
	"context"
	"database/sql"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"childrens-services-exporter/exporter/postgres"
	"childrens-services-exporter/internal/temppg/pgtest"
	"childrens-services-exporter/internal/testproxy"
)

// longestWait is how long a refresh may wait for an exporter that has stopped.
const longestWait = 9 * time.Second

// planTable makes a database with one table and gives its URL and a session of the
// council's own.
func planTable(t *testing.T) (at string, council *sqlx.DB) {
	t.Helper()
	at = pgtest.Database(t)
	council, err := sqlx.Open("postgres", at)
	if err != nil {
		t.Fatal(err)
	}
	council.SetMaxOpenConns(1)
	t.Cleanup(func() { _ = council.Close() })
	council.MustExec("create table plans as select n from generate_series(1, 100) as n")
	return at, council
}

func openReader(t *testing.T, at string) *sqlx.DB {
	t.Helper()
	db, err := postgres.Open("TEST_URL", at, postgres.DefaultTimeouts())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// readPlans locks the table and then runs a function in the middle of the reading.
func readPlans(t *testing.T, db *sqlx.DB, middle func(context.Context, *postgres.Transaction) error) error {
	t.Helper()
	return postgres.ReadOnly(t.Context(), db, "social_care", func(ctx context.Context, tx *postgres.Transaction) error {
		if err := tx.AcquireLock(ctx, "select n from plans limit 0"); err != nil {
			return err
		}
		return middle(ctx, tx)
	})
}

func query(ctx context.Context, tx *postgres.Transaction, statement string) (value string, err error) {
	err = tx.WithSavepoint(ctx, func(tx *sqlx.Tx) error { return tx.GetContext(ctx, &value, statement) })
	return value, err
}

// truncate refreshes the table and fails where that waited too long.
func truncate(t *testing.T, council *sqlx.DB) {
	t.Helper()
	began := time.Now()
	if _, err := council.Exec("set lock_timeout = '30s'; truncate plans"); err != nil {
		t.Error(err)
	}
	if waited := time.Since(began); waited > longestWait {
		t.Errorf("the refresh waited %v", waited)
	}
}

func TestRefreshWaitsOnlySecondsForAnExporterThatIsCutOff(t *testing.T) {
	t.Parallel()
	at, council := planTable(t)
	between := &testproxy.Proxy{}
	db := openReader(t, between.Start(t, at))
	err := readPlans(t, db, func(context.Context, *postgres.Transaction) error {
		between.Silence(true)
		truncate(t, council)
		return nil
	})
	if err != nil && postgres.Describe(err) != "the server did not answer in time" {
		t.Error(err)
	}
}

func TestNetworkThatDiesDuringAStatementEndsTheReading(t *testing.T) {
	t.Parallel()
	at, council := planTable(t)
	between := &testproxy.Proxy{}
	db := openReader(t, between.Start(t, at))
	began := time.Now()
	err := readPlans(t, db, func(ctx context.Context, tx *postgres.Transaction) error {
		time.AfterFunc(300*time.Millisecond, func() { between.Silence(true) })
		_, err := query(ctx, tx, "select pg_sleep(30)::text")
		return err
	})
	if took := time.Since(began); took > longestWait || postgres.Describe(err) != "the server did not answer in time" {
		t.Errorf("after %v: %v", took, err)
	}
	council.MustExec("select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()")
}

func TestRefreshGoesFirstWhileTheWatchIsFrozen(t *testing.T) {
	t.Parallel()
	at, council := planTable(t)
	db := openReader(t, at)
	ended := make(chan error, 1)
	var watcher int
	go func() {
		ended <- readPlans(t, db, func(ctx context.Context, tx *postgres.Transaction) error {
			if err := council.Get(&watcher, `select pid from pg_stat_activity where datname = current_database()
				and application_name = 'childrens-services-exporter' and state = 'idle'`); err != nil {
				return err
			}
			if err := syscall.Kill(watcher, syscall.SIGSTOP); err != nil {
				return err
			}
			truncate(t, council)
			_, err := query(ctx, tx, "select 1::text")
			return err
		})
	}()
	err := <-ended
	_ = syscall.Kill(watcher, syscall.SIGCONT)
	if postgres.Describe(err) != "the server did not answer in time" {
		t.Errorf("the reading ended with %v", err)
	}
}

func TestPausedReaderIsEndedByTheServer(t *testing.T) {
	t.Parallel()
	at, council := planTable(t)
	db := openReader(t, at)
	err := readPlans(t, db, func(ctx context.Context, tx *postgres.Transaction) error {
		for idle := true; idle; {
			time.Sleep(200 * time.Millisecond)
			if err := council.Get(&idle, `select exists (select from pg_stat_activity where state = 'idle in transaction'
				and datname = current_database())`); err != nil {
				return err
			}
		}
		_, err := query(ctx, tx, "select 1::text")
		return err
	})
	if err == nil || !strings.Contains(postgres.Describe(err), "paused") && postgres.Describe(err) != "the connection was lost" {
		t.Errorf("the reading ended with %v", err)
	}
}

func TestRefreshThatWaitsEndsTheReading(t *testing.T) {
	t.Parallel()
	at, council := planTable(t)
	err := readPlans(t, openReader(t, at), func(ctx context.Context, tx *postgres.Transaction) error {
		go func() { _, _ = council.Exec("truncate plans") }()
		_, err := query(ctx, tx, "select pg_sleep(20)::text")
		return err
	})
	if err == nil || !strings.Contains(err.Error(), "a refresh was waiting") {
		t.Errorf("the reading ended with %v", err)
	}
}

func TestNoSessionIsLeftOverAfterReadings(t *testing.T) {
	t.Parallel()
	at, council := planTable(t)
	db := openReader(t, at)
	for range 5 {
		if err := readPlans(t, db, func(context.Context, *postgres.Transaction) error { return nil }); err != nil {
			t.Fatal(err)
		}
	}
	var inUse sql.NullInt64
	if err := council.Get(&inUse, `select count(*) from pg_stat_activity where datname = current_database()
		and application_name = 'childrens-services-exporter' and state <> 'idle'`); err != nil || inUse.Int64 != 0 || db.Stats().InUse != 0 {
		t.Errorf("%d sessions at work, %d connections in use, %v", inUse.Int64, db.Stats().InUse, err)
	}
}
