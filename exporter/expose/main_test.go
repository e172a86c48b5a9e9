package expose_test

import (
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"childrens-services-exporter/exporter/catalogue"
	"childrens-services-exporter/exporter/collect"
	"childrens-services-exporter/exporter/collect/collecttest"
	"childrens-services-exporter/exporter/disclosure"
	"childrens-services-exporter/exporter/expose"
	"childrens-services-exporter/exporter/scorecard"
	"childrens-services-exporter/exporter/warehouse"
	"childrens-services-exporter/internal/throwaway/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// clock is a clock that a test moves.
type clock struct{ now time.Time }

func (c *clock) read() time.Time { return c.now }

// trusting guards believe every reading at once.
func trusting() *warehouse.Guards {
	return warehouse.NewGuards(warehouse.GuardRules{Settle: 1, Insist: 1, Floor: 0.5, FloorFrom: 50})
}

// served is the made-up council of collecttest, ready to be scraped.
type served struct {
	at        *clock
	database  string
	source    *warehouse.Source
	collector *collect.Collector
	pages     *expose.Council
}

func serve(t *testing.T, database string, layers ...fs.FS) served {
	t.Helper()
	s := served{at: &clock{collecttest.Noon()}, database: database}
	s.source = collecttest.Source(t, database, collecttest.Settings{Guards: trusting(), Layers: layers})
	options := collecttest.Options()
	options.Now = s.at.read
	s.collector = collect.New(s.source, options)
	s.pages = &expose.Council{
		Collectors: []*collect.Collector{s.collector}, Rules: disclosure.DefaultRules(), Scorecard: scorecard.Rules{Denominator: 5},
		Settings: catalogue.Settings{Authority: catalogue.Authority{Name: "Rutshire", LACode: 999, Region: "East"}},
		MaxAge:   time.Hour, PeriodAge: 2 * time.Hour, Workers: expose.WorkerNames{Form: "staff_id"}, Now: s.at.read, Version: "1.2.3",
	}
	return s
}

// collected is the same after its first collection.
func collected(t *testing.T) served {
	t.Helper()
	s := serve(t, collecttest.Database(t))
	s.collect(t)
	return s
}

func (s served) collect(t *testing.T) {
	t.Helper()
	if err := s.collector.Collect(t.Context(), false); err != nil {
		t.Fatal(err)
	}
}

// get asks for a path and gives the answer's code and text.
func get(t *testing.T, handler http.Handler, path string) (int, string) {
	t.Helper()
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
	return answer.Code, answer.Body.String()
}

func (s served) handler() http.Handler { return s.pages.Handler(slog.New(slog.DiscardHandler)) }

// lines are those of a page that begin with a name.
func lines(page, name string) []string {
	var found []string
	for line := range strings.Lines(page) {
		if strings.HasPrefix(line, name) {
			found = append(found, strings.TrimSuffix(line, "\n"))
		}
	}
	return found
}
