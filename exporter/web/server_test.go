package web_test

import (
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"childrens-services-exporter/exporter/collector"
	"childrens-services-exporter/exporter/web"
	"childrens-services-exporter/internal/testcouncil"
)

func TestReadyOnceEverySourceWasTried(t *testing.T) {
	s := serve(t, testcouncil.Database(t))
	handler := s.handler()
	if code, _ := get(t, handler, "/-/healthy"); code != http.StatusOK {
		t.Errorf("healthy answers %d before the first collection", code)
	}
	if code, text := get(t, handler, "/-/ready"); code != http.StatusServiceUnavailable || !strings.Contains(text, "social_care") {
		t.Errorf("ready answers %d, %q before the first collection", code, text)
	}
	if err := s.source.DB.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.collector.Collect(t.Context(), collector.Request{}); err == nil {
		t.Fatal("a closed source was read")
	}
	if code, text := get(t, handler, "/-/ready"); code != http.StatusOK || text != "ready\n" {
		t.Errorf("ready answers %d, %q though the source was tried", code, text)
	}
	if _, text := get(t, handler, "/metrics"); !strings.Contains(text, `childrens_exporter_up{source="social_care"} 0`) {
		t.Error("a source that cannot be read is not down")
	}
}

func TestLandingPageHasARowPerCohortAndEscapesErrors(t *testing.T) {
	database := testcouncil.Database(t)
	s := serve(t, database, fstest.MapFS{
		"zz_bad/rows.sql": {Data: []byte(`select period.kind, period.ends, "<script>" as row_id from period`)},
		"zz_bad/rows.yaml": {Data: []byte(`cohort: Rows that fail
row: nothing
source: social_care
at: snapshot
grain: [row_id]
columns: {row_id: nothing}
indicators:
  - {name: childrens_bad, id: 1, title: Bad, unit: count, count: all, breakdowns: [], better: neither,
     target: none - a test, public: none, definition: Nothing., law: none, version: 1}
`)},
	})
	s.collect(t)
	_, page := get(t, s.handler(), "/")
	if strings.Contains(page, "<script>") || !strings.Contains(page, "column &#34;&lt;script&gt;&#34; does not exist") {
		t.Errorf("the error is not escaped:\n%s", page)
	}
	for _, name := range []string{"child_protection/plans", "front_door/referrals", "zz_bad/rows"} {
		if strings.Count(page, ">"+name+"<") != 1 {
			t.Errorf("%s has not one row", name)
		}
	}
	if strings.Contains(page, "postgres://") || strings.Contains(page, "select period") {
		t.Errorf("the page shows an address or a query:\n%s", page)
	}
	if code, _ := get(t, s.handler(), "/elsewhere"); code != http.StatusNotFound {
		t.Errorf("an unknown path answers %d", code)
	}
}

func TestPublicAddressServesThePublicPageAlone(t *testing.T) {
	s := collected(t)
	handler := s.pages.PublicHandler(slog.New(slog.DiscardHandler))
	if code, text := get(t, handler, "/metrics/public"); code != http.StatusOK || !strings.Contains(text, "childrens_cp_plans_open 60") {
		t.Errorf("the public page answers %d:\n%s", code, text)
	}
	for _, path := range []string{"/metrics", "/metrics/workers", "/", "/-/ready", "/metrics/public/", "/metrics/public/../workers"} {
		elsewhere := []int{http.StatusNotFound, http.StatusMovedPermanently, http.StatusTemporaryRedirect}
		if code, text := get(t, handler, path); !slices.Contains(elsewhere, code) || strings.Contains(text, "childrens_") {
			t.Errorf("%s answers %d:\n%s", path, code, text)
		}
	}
}

func TestWorkersAreLabelledAsTheCouncilChose(t *testing.T) {
	s := collected(t)
	label := func(names web.WorkerLabels) []string {
		s.pages.Workers = names
		_, text := get(t, s.handler(), "/metrics/workers")
		return linesWithPrefix(text, "childrens_cp_plans_by_worker{")
	}
	if got := label(web.WorkerLabels{Mode: "staff_id"}); len(got) != 6 || got[0] != `childrens_cp_plans_by_worker{team="North",worker="W0"} 10` {
		t.Errorf("staff_id: %v", got)
	}
	if got := label(web.WorkerLabels{Mode: "off"}); len(got) > 0 {
		t.Errorf("off: %v", got)
	}
	hashed := label(web.WorkerLabels{Mode: "hash", HMACKey: []byte("sixteen characters")})
	if len(hashed) != 6 || strings.Contains(strings.Join(hashed, ""), `"W`) {
		t.Errorf("hash: %v", hashed)
	}
	if diff := cmp.Diff(hashed, label(web.WorkerLabels{Mode: "hash", HMACKey: []byte("sixteen characters")})); diff != "" {
		t.Errorf("the same key gives other hashes:\n%s", diff)
	}
	if cmp.Equal(hashed, label(web.WorkerLabels{Mode: "hash", HMACKey: []byte("another sixteen characters")})) {
		t.Error("another key gives the same hashes")
	}
	if _, text := get(t, s.handler(), "/metrics"); strings.Contains(text, "\nchildrens_cp_plans_by_worker") || strings.Contains(text, "worker=") {
		t.Error("the managers' page tells of workers")
	}
}

func TestWorkerNamesAreChecked(t *testing.T) {
	for _, test := range []struct {
		names web.WorkerLabels
		fault string
	}{
		{web.WorkerLabels{Mode: "staff_id"}, ""}, {web.WorkerLabels{Mode: "off"}, ""},
		{web.WorkerLabels{Mode: "hash", HMACKey: []byte("sixteen letters!")}, ""},
		{web.WorkerLabels{Mode: "hash", HMACKey: []byte("short")}, "CSE_WORKER_KEY"},
		{web.WorkerLabels{Mode: "name"}, "CSE_WORKER_LABEL"},
	} {
		err := test.names.Check()
		if (err == nil) != (test.fault == "") || err != nil && !strings.Contains(err.Error(), test.fault) {
			t.Errorf("%s: %v", test.names.Mode, err)
		}
	}
}
