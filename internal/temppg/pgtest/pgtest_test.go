package pgtest_test

import (
	"database/sql"
	"testing"

	"childrens-services-exporter/internal/temppg/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

func open(t *testing.T, url string) *sql.DB {
	t.Helper()
	db, err := sql.Open("postgres", url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

func TestDatabaseIsFreshAndDropped(t *testing.T) {
	var server string
	for _, name := range []string{"first", "second"} {
		t.Run(name, func(t *testing.T) {
			server = pgtest.Database(t)
			if _, err := open(t, server).ExecContext(t.Context(), "create table plan (n integer)"); err != nil {
				t.Error(err)
			}
		})
	}
	if err := open(t, server).PingContext(t.Context()); err == nil {
		t.Error("the database outlived its test")
	}
}

func TestCloneCopies(t *testing.T) {
	original := pgtest.Database(t)
	db := open(t, original)
	if _, err := db.ExecContext(t.Context(), "create table plan as select 7 as n"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"first", "second"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var n int
			err := open(t, pgtest.Clone(t, original)).QueryRowContext(t.Context(), "delete from plan returning n").Scan(&n)
			if err != nil || n != 7 {
				t.Errorf("plan = %d, %v; want 7", n, err)
			}
		})
	}
}
