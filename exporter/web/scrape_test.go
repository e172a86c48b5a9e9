package web_test

import (
	"net/url"
	"slices"
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
	var described []string
	err := onlooker.Select(&described, `select concat_ws(' ', pid, backend_start, query_start, state_change)
		from pg_stat_activity
		where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
		order by pid`)
	if err != nil {
		t.Fatal(err)
	}
	return described
}

func isSubset(part, all []string) bool {
	return !slices.ContainsFunc(part, func(line string) bool { return !slices.Contains(all, line) })
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
		// A session of the collection may end meanwhile; none may begin or run a statement.
		after := sessions(t, onlooker)
		if !isSubset(after, before) {
			t.Errorf("100 scrapes of %s spoke to the server:\n%s", path, cmp.Diff(before, after))
		}
	}
	// The same comparison sees a collection, so it would have seen a statement.
	s.collect(t)
	if isSubset(sessions(t, onlooker), before) {
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
