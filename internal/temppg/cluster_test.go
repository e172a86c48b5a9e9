package temppg_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"childrens-services-exporter/internal/temppg"
)

func start(t *testing.T, o temppg.Options) *temppg.Cluster {
	t.Helper()
	cluster, err := temppg.Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := cluster.Stop(); err != nil {
			t.Error(err)
		}
	})
	return cluster
}

func query(t *testing.T, url, statement string) string {
	t.Helper()
	db, err := sql.Open("postgres", url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	var answer string
	if err := db.QueryRowContext(t.Context(), statement).Scan(&answer); err != nil {
		t.Fatal(err)
	}
	return answer
}

func TestStopRemovesTheCluster(t *testing.T) {
	cluster := start(t, temppg.Options{})
	if err := cluster.Create(t.Context(), "council"); err != nil {
		t.Fatal(err)
	}
	url := cluster.URL("council")
	query(t, url, "create table plan as select 7 as n; select 'made'")
	if err := cluster.Clone(t.Context(), "copy", "council"); err != nil {
		t.Fatal(err)
	}
	if got := query(t, cluster.URL("copy"), "select n from plan"); got != "7" {
		t.Errorf("copied plan = %s, want 7", got)
	}
	if got := query(t, url, "show listen_addresses"); got != "" {
		t.Errorf("the server listens on %q, want no network address", got)
	}
	if got := query(t, url, "show timezone"); got != "UTC" {
		t.Errorf("time zone = %s, want UTC", got)
	}
	dir := filepath.Dir(query(t, url, "show data_directory"))
	if err := cluster.Drop(t.Context(), "copy"); err != nil {
		t.Fatal(err)
	}
	if err := cluster.Stop(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Errorf("%s is still there: %v", dir, err)
	}
}

func TestPsqlAcceptsURL(t *testing.T) {
	cluster := start(t, temppg.Options{Bulk: true})
	out, err := exec.CommandContext(t.Context(), "psql", "-XAtc", "show shared_buffers", cluster.URL("postgres")).CombinedOutput()
	if err != nil {
		t.Fatalf("psql: %v: %s", err, out)
	}
	if got := strings.TrimSpace(string(out)); got != "512MB" {
		t.Errorf("shared_buffers = %q, want 512MB", got)
	}
}

func TestStartInAGivenDirectory(t *testing.T) {
	parent, err := os.MkdirTemp("/tmp", "given-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(parent); err != nil {
			t.Error(err)
		}
	})
	if err := os.Chmod(parent, 0o755); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(parent, "council")
	cluster := start(t, temppg.Options{Dir: dir})
	if got, want := query(t, cluster.URL("postgres"), "show data_directory"), filepath.Join(dir, "data"); got != want {
		t.Errorf("data directory = %s, want %s", got, want)
	}
	_, err = temppg.Start(t.Context(), temppg.Options{Dir: dir})
	if err == nil || !strings.Contains(err.Error(), "is not empty") {
		t.Errorf("a second cluster in the same directory: %v, want a refusal", err)
	}
	_, err = temppg.Start(t.Context(), temppg.Options{Dir: "/tmp/" + strings.Repeat("x", 100)})
	if err == nil || !strings.Contains(err.Error(), "too long for a socket") {
		t.Errorf("a long directory: %v, want a refusal", err)
	}
}

func TestStartEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if cluster, err := temppg.Start(ctx, temppg.Options{}); err == nil {
		t.Errorf("started in spite of an ended context: %v", cluster.Stop())
	}
}

// TestKilledProcessLeavesNoServer runs this test binary again as the process that is killed.
func TestKilledProcessLeavesNoServer(t *testing.T) {
	if os.Getenv("TEMPPG_KILLED_PROCESS") != "" {
		cluster, err := temppg.Start(t.Context(), temppg.Options{})
		if err != nil {
			t.Fatal(err)
		}
		_, err = os.Stdout.WriteString(query(t, cluster.URL("postgres"), "show data_directory"))
		t.Fatal("was not killed", err, syscall.Kill(os.Getpid(), syscall.SIGKILL))
	}
	victim := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestKilledProcessLeavesNoServer$")
	victim.Env = append(os.Environ(), "TEMPPG_KILLED_PROCESS=yes")
	out, err := victim.Output()
	var killed *exec.ExitError
	if !errors.As(err, &killed) || killed.Exited() {
		t.Fatalf("the victim was not killed: %v: %s", err, out)
	}
	// The server removes its pid file last; one that stayed alive would run into the test's own time limit.
	files := string(out)
	for tick := time.Tick(5 * time.Millisecond); ; <-tick {
		if _, err := os.Stat(filepath.Join(files, "postmaster.pid")); os.IsNotExist(err) {
			break
		}
	}
	start(t, temppg.Options{})
	if _, err := os.Stat(files); !os.IsNotExist(err) {
		t.Errorf("the next start left %s in place: %v", files, err)
	}
}

// A cluster in use holds its lock, so a start beside it must not take it for a leftover.
func TestStartKeepsRunningClusters(t *testing.T) {
	first := start(t, temppg.Options{})
	start(t, temppg.Options{})
	if got := query(t, first.URL("postgres"), "select count(*) from pg_database"); got != "3" {
		t.Errorf("databases = %s, want 3", got)
	}
}
