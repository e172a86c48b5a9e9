package postgres_test

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"childrens-services-exporter/exporter/postgres"
	"childrens-services-exporter/internal/testproxy"
)

func TestLimitsHoldBehindAPoolerThatIgnoresThemAtTheStart(t *testing.T) {
	t.Parallel()
	at, _ := planTable(t)
	pooler := &testproxy.Proxy{DropParameters: true}
	db := openReader(t, pooler.Start(t, at))
	var outside string
	if err := db.Get(&outside, "select current_setting('lock_timeout')"); err != nil || outside != "0" {
		t.Fatalf("the pooler passes lock_timeout on: %q, %v", outside, err)
	}
	for name, want := range map[string]string{
		"lock_timeout": "500ms", "statement_timeout": "10min", "idle_in_transaction_session_timeout": "5s", "row_security": "off",
		"enable_nestloop": "off", "timezone": "Europe/London", "datestyle": "ISO, DMY", "work_mem": "64MB", "transaction_read_only": "on",
	} {
		err := readPlans(t, db, func(ctx context.Context, tx *postgres.Transaction) error {
			got, err := query(ctx, tx, "select current_setting('"+name+"')")
			if got != want {
				t.Errorf("%s is %q, not %q", name, got, want)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestParameterThatAPoolerRefusesIsNamed(t *testing.T) {
	t.Parallel()
	at, _ := planTable(t)
	pooler := &testproxy.Proxy{RefusedParameter: "lock_timeout"}
	got := postgres.Describe(openReader(t, pooler.Start(t, at)).PingContext(t.Context()))
	if !strings.HasPrefix(got, "PgBouncer refuses the start-up parameter lock_timeout; ") || !strings.Contains(got, "row_security") {
		t.Error(got)
	}
}

func TestRowLevelSecurityIsAnErrorAndNotHalfOfTheRows(t *testing.T) {
	t.Parallel()
	at, council := planTable(t)
	role := strings.ReplaceAll(t.Name(), "/", "_")
	council.MustExec(`create role "` + role + `" login; grant select on plans to "` + role + `";
		alter table plans enable row level security; create policy half on plans using (n % 2 = 0)`)
	t.Cleanup(func() { council.MustExec(`drop owned by "` + role + `"; drop role "` + role + `"`) })
	db := openReader(t, withUser(t, at, role))
	err := readPlans(t, db, func(context.Context, *postgres.Transaction) error { return nil })
	if got := postgres.Describe(err); !strings.HasPrefix(got, "row-level security hides rows of a table") {
		t.Errorf("%q of %v", got, err)
	}
	_ = db.Close()
}

func withUser(t *testing.T, at, user string) string {
	t.Helper()
	parsed, err := url.Parse(at)
	if err != nil {
		t.Fatal(err)
	}
	parsed.User = url.User(user)
	return parsed.String()
}

func TestAddressInAFileIsReadAgainWhenTheLoginIsRefused(t *testing.T) {
	t.Parallel()
	at, council := planTable(t)
	council.MustExec("create role rotated_before login")
	file := filepath.Join(t.TempDir(), "url")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(withUser(t, at, "rotated_before") + "\n")
	db, err := postgres.OpenFile("TEST_URL", file, postgres.DefaultTimeouts())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	db.SetMaxIdleConns(0)
	if err := db.Ping(); err != nil {
		t.Fatal(err)
	}
	council.MustExec("alter role rotated_before rename to rotated_after")
	t.Cleanup(func() { council.MustExec("drop role rotated_after") })
	write("no address at all")
	if got := postgres.Describe(db.Ping()); !strings.HasPrefix(got, "the server refused the login") {
		t.Errorf("with a file that holds no address: %s", got)
	}
	write(withUser(t, at, "rotated_after"))
	if err := db.Ping(); err != nil {
		t.Errorf("with the new login in the file: %v", err)
	}
}

func TestSeveralHostsAreTriedInOrder(t *testing.T) {
	t.Parallel()
	at, _ := planTable(t)
	through, err := url.Parse((&testproxy.Proxy{}).Start(t, at))
	if err != nil {
		t.Fatal(err)
	}
	for name, hosts := range map[string]string{
		"the first is down":  "127.0.0.1:1," + through.Host,
		"the second is down": through.Host + ",[::1]:1",
	} {
		db := openReader(t, "postgres://postgres:a%40b@"+hosts+through.Path+"?sslmode=disable")
		if err := db.Ping(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	down := openReader(t, "postgres://postgres@127.0.0.1:1,127.0.0.1:2/ssd?sslmode=disable")
	if got := postgres.Describe(down.Ping()); got != "no connection; is the server running and reachable?" {
		t.Errorf("all are down: %s", got)
	}
}
