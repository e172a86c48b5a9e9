package report_test

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"childrens-services-exporter/exporter/benchmark"
	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/commentary"
	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/evaluate"
	"childrens-services-exporter/exporter/guard"
	"childrens-services-exporter/exporter/report"
	"childrens-services-exporter/exporter/revision"
	"childrens-services-exporter/exporter/source"
	"childrens-services-exporter/exporter/store"
	"childrens-services-exporter/internal/temppg/pgtest"
	"childrens-services-exporter/internal/testcouncil"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// april is a day on which the fourth quarter of 2025-26 is closed.
func april() time.Time { return calendar.Date(2026, time.April, 20) }

// reportSetup is a made-up council and what its reports are made from.
type reportSetup struct {
	database string
	source   *source.Source
	builder  report.Builder
	options  testcouncil.Options
}

// newSetup makes a council whose data reach beyond the end of the quarter.
func newSetup(t *testing.T, statements ...string) reportSetup {
	t.Helper()
	d := reportSetup{database: testcouncil.Database(t), options: testcouncil.DefaultOptions()}
	db := testcouncil.Session(t, d.database)
	db.MustExec("insert into ssd_cin_episodes (cine_referral_id, cine_person_id, cine_referral_date) values ('april', 'P1', '2026-04-10')")
	for _, statement := range statements {
		db.MustExec(statement)
	}
	d.source = testcouncil.Source(t, d.database, testcouncil.Settings{Guards: source.NewGuard(guard.Policy{MinStableReads: 1, MinPersistentReads: 1})})
	benchmarks, _, err := benchmark.Read(nil, "")
	if err != nil {
		t.Fatal(err)
	}
	d.builder = report.Builder{
		Settings:  config.Settings{Authority: config.Authority{Name: "Rutshire", LACode: 872}},
		Catalogue: d.source.Catalogue, Calendar: d.source.Calendar, RAG: d.options.RAG,
		Benchmarks: benchmarks, Disclosure: d.options.Disclosure,
	}
	return d
}

// writeCommentary gives the council a folder of commentary.
func (d *reportSetup) writeCommentary(t *testing.T, contents map[string]string) {
	t.Helper()
	folder := t.TempDir()
	for name, text := range contents {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	reader := commentary.Reader{Calendar: d.source.Calendar, Indicator: d.source.Catalogue.Indicator}
	d.builder.Commentary = commentary.Open(folder, reader, slog.New(slog.DiscardHandler)).Collection()
}

func (d *reportSetup) request(t *testing.T, label string, today time.Time) report.Request {
	t.Helper()
	period, err := d.source.Calendar.ParseLabel(label)
	if err != nil {
		t.Fatal(err)
	}
	return report.Request{Period: period, Today: today, Now: today.Add(12 * time.Hour)}
}

// evaluate reads the source for a report.
func (d *reportSetup) evaluate(t *testing.T, request report.Request) *evaluate.Snapshot {
	t.Helper()
	d.options.Now = func() time.Time { return request.Now }
	snapshot, err := d.options.Evaluator(d.source).Evaluate(t.Context(), request.Evaluation(source.ReadOptions{Mode: guard.AcceptOnce}, d.options.RAG.Targets))
	if err != nil {
		t.Fatal(err)
	}
	return snapshot
}

// render gives page and table of what was read.
func (d *reportSetup) render(t *testing.T, request report.Request, snapshot *evaluate.Snapshot) (page, table string) {
	t.Helper()
	built, err := d.builder.Build(request, []*evaluate.Snapshot{snapshot})
	if err != nil {
		t.Fatal(err)
	}
	var html, csv strings.Builder
	if err := built.WriteHTML(&html); err != nil {
		t.Fatal(err)
	}
	if err := built.WriteCSV(&csv); err != nil {
		t.Fatal(err)
	}
	return html.String(), csv.String()
}

// report reads and writes at once.
func (d *reportSetup) report(t *testing.T, request report.Request) (page, table string) {
	t.Helper()
	return d.render(t, request, d.evaluate(t, request))
}

// firstReported opens what is recorded in the state directory.
func (d *reportSetup) firstReported(request report.Request) *revision.Record {
	return revision.Open(store.Open(d.options.StateDir), "social_care", request.Now)
}
