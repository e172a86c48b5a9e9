// Package pgtest gives every test a PostgreSQL database of its own: one temporary server per test binary, one database
// per test.
//
//	func TestMain(m *testing.M) { pgtest.Main(m) }
package pgtest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/lib/pq"

	"childrens-services-exporter/internal/temppg"
)

// serverEnv names the server for the tests of this binary. The environment carries it, since TestMain can hand
// nothing to a test; set beforehand it points the tests at a server that is already there, as a superuser's URL.
const serverEnv = "PGTEST_URL"

// Main runs a binary's tests with a server at hand and returns to TestMain, after which the test binary exits with the
// tests' own code. It exits with 1 when no server can be started: a database test is never skipped.
func Main(m *testing.M) {
	if os.Getenv(serverEnv) != "" {
		m.Run()
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	cluster, err := temppg.Start(ctx, temppg.Options{})
	cancel()
	if err == nil {
		err = os.Setenv(serverEnv, cluster.URL("postgres"))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "pgtest:", err)
		os.Exit(1)
	}
	m.Run()
	if err := cluster.Stop(); err != nil {
		fmt.Fprintln(os.Stderr, "pgtest:", err)
		os.Exit(1)
	}
}

// Database returns the URL of a new, empty database that is dropped when the test ends.
func Database(t testing.TB) string {
	t.Helper()
	return create(t, "")
}

// Clone returns the URL of a new copy of the database at a URL that Database gave, dropped when the test ends. It needs
// every session on the original closed, and is far cheaper than building the same tables again.
func Clone(t testing.TB, of string) string {
	t.Helper()
	original, err := url.Parse(of)
	if err != nil {
		t.Fatal("pgtest: the original is not a database URL")
	}
	return create(t, " template "+pq.QuoteIdentifier(strings.TrimPrefix(original.Path, "/")))
}

func create(t testing.TB, template string) string {
	t.Helper()
	server, err := serverURL()
	if err != nil {
		t.Fatal("pgtest:", err)
	}
	name := "test_" + strings.ToLower(rand.Text()[:12])
	if err := exec(server, "create database "+name+template); err != nil {
		t.Fatal("pgtest:", err)
	}
	t.Cleanup(func() {
		if err := exec(server, "drop database "+name+" with (force)"); err != nil {
			t.Error("pgtest:", err)
		}
	})
	database := *server
	database.Path = "/" + name
	return database.String()
}

func serverURL() (*url.URL, error) {
	server := os.Getenv(serverEnv)
	if server == "" {
		return nil, errors.New("no server: add `func TestMain(m *testing.M) { pgtest.Main(m) }` to the package")
	}
	parsed, err := url.Parse(server)
	if err != nil {
		return nil, fmt.Errorf("%s is not a database URL", serverEnv)
	}
	return parsed, nil
}

// exec does not use the test's context, which has ended by the time of the clean-up.
func exec(server *url.URL, statement string) (err error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	db, err := sql.Open("postgres", server.String())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if _, err := db.ExecContext(ctx, statement); err != nil {
		return fmt.Errorf("%s: %w", statement, err)
	}
	return nil
}
