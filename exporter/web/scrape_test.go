package web_test

import (
	"net/url"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jmoiron/sqlx"

	"childrens-services-exporter/internal/testcouncil"
)

// sessions describes every session on the database but the onlooker's own, with
// when each began and last ran a statement.
func sessions(t *testing.T, onlooker *sqlx.DB) []string {
	t.Helper()
	var found []string
	err := onlooker.Select(&found, `select concat_ws(' ', pid, backend_start, query_start, state_change)
		from pg_stat_activity
		where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
		order by pid`)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestScrapesRunNoStatement(t *testing.T) {
	s := collected(t)
	onlooker := testcouncil.Session(t, s.database)
	handler := s.handler()
	before := sessions(t, onlooker)
	if len(before) == 0 {
		t.Fatal("the exporter keeps no session to be watched")
	}
	for _, path := range []string{"/metrics", "/metrics/workers", "/metrics/public", "/", "/-/ready", "/-/healthy"} {
		var scraping sync.WaitGroup
		for range 10 {
			scraping.Go(func() {
				for range 10 {
					if code, _ := get(t, handler, path); code != 200 {
						t.Errorf("%s answers %d", path, code)
					}
				}
			})
		}
		scraping.Wait()
		if diff := cmp.Diff(before, sessions(t, onlooker)); diff != "" {
			t.Errorf("100 scrapes of %s spoke to the server:\n%s", path, diff)
		}
	}
	// The same comparison sees a collection, so it would have seen a statement.
	s.collect(t)
	if cmp.Equal(before, sessions(t, onlooker)) {
		t.Error("a collection went unseen")
	}
}

func TestScrapesNeedNoServer(t *testing.T) {
	s := collected(t)
	_, before := get(t, s.handler(), "/metrics/public")
	if err := s.source.DB.Close(); err != nil {
		t.Fatal(err)
	}
	at, err := url.Parse(s.database)
	if err != nil {
		t.Fatal(err)
	}
	testcouncil.Session(t, "postgres://postgres@/postgres?"+at.RawQuery).MustExec("alter database " + at.Path[1:] + " allow_connections false")
	if _, after := get(t, s.handler(), "/metrics/public"); after != before {
		t.Errorf("the page changed:\n%s", cmp.Diff(before, after))
	}
}
