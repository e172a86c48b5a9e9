package web_test

import (
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"childrens-services-exporter/exporter/collector"
	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/guard"
	"childrens-services-exporter/exporter/source"
	"childrens-services-exporter/exporter/web"
	"childrens-services-exporter/internal/temppg/pgtest"
	"childrens-services-exporter/internal/testcouncil"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// clock is a clock that a test moves.
type clock struct{ now time.Time }

func (c *clock) read() time.Time { return c.now }

// trusting is the policy of a guard that accepts every table at its first read.
func trusting() *source.Guard {
	return source.NewGuard(guard.Policy{MinStableReads: 1, MinPersistentReads: 1})
}

// council is the made-up council of collecttest, ready to be scraped.
type council struct {
	at        *clock
	database  string
	source    *source.Source
	collector *collector.Collector
	pages     *web.Exporter
}

func serve(t testing.TB, database string, layers ...fs.FS) council {
	t.Helper()
	s := council{at: &clock{testcouncil.Noon()}, database: database}
	s.source = testcouncil.Source(t, database, testcouncil.Settings{Guards: trusting(), Layers: layers})
	options := testcouncil.DefaultOptions()
	options.Now = s.at.read
	s.pages = &web.Exporter{
		Calendar: s.source.Calendar, Schedule: options.Schedule,
		Settings: config.Settings{Authority: config.Authority{Name: "Rutshire", LACode: 999, Region: "East"}},
		MaxAge:   time.Hour, PeriodAge: 2 * time.Hour, Workers: web.WorkerLabels{Mode: "staff_id"}, Now: s.at.read,
	}
	s.restart(options)
	return s
}

// restart starts the exporter anew, with options of its own.
func (s *council) restart(options testcouncil.Options) {
	s.collector = options.Collector(s.source)
	s.pages.Collectors = []*collector.Collector{s.collector}
}

// collected is the same after its first collection.
func collected(t testing.TB) council {
	t.Helper()
	s := serve(t, testcouncil.Database(t))
	s.collect(t)
	return s
}

func (s council) collect(t testing.TB) {
	t.Helper()
	if err := s.collector.Collect(t.Context(), collector.Request{}); err != nil {
		t.Fatal(err)
	}
}

// get asks for a path and gives the answer's code and text.
func get(t testing.TB, handler http.Handler, path string) (int, string) {
	t.Helper()
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
	return answer.Code, answer.Body.String()
}

func (s council) handler() http.Handler { return s.pages.Handler(slog.New(slog.DiscardHandler)) }

// linesWithPrefix are those of a page that begin with a name.
func linesWithPrefix(page, name string) []string {
	var lines []string
	for line := range strings.Lines(page) {
		if strings.HasPrefix(line, name) {
			lines = append(lines, strings.TrimSuffix(line, "\n"))
		}
	}
	return lines
}
