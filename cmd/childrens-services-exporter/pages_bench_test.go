package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	dto "github.com/prometheus/client_model/go"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/internal/dashboardquery"
	"childrens-services-exporter/internal/rulefile"
)

const (
	historyYears  = 5
	historySeries = 15_000
	// mostQueries is what a page may cost, in instant queries on the same server.
	mostQueries = 40
)

// BenchmarkPages times the queries of every page, as multiples of one instant query,
// on a Prometheus with five years of daily history of 15,000 series: those that a
// made-up council serves, repeated for more teams and groups.
func BenchmarkPages(b *testing.B) {
	day := calendar.Date(2026, time.March, 31)
	at := day.Add(12 * time.Hour)
	p, opened := syntheticVillage(b, day)
	public := publicPageOf(b, p, opened, day)
	live := managersPageOn(b, p, opened, day)
	server := servePast(b, live, public, at)
	pages, err := dashboardquery.Read(filepath.Join("..", "..", "grafana", "dashboards"))
	if err != nil {
		b.Fatal(err)
	}
	ask := func(page dashboardquery.Page, query dashboardquery.Query, picks dashboardquery.Variables) {
		if _, err := page.Ask(context.Background(), server, query, picks, at); err != nil {
			b.Fatal(err)
		}
	}
	singleQuery := dashboardquery.Query{Expr: "childrens_cp_plans_open", Instant: true, Points: 1}
	for _, page := range pages {
		if len(page.Queries) == 0 {
			continue
		}
		b.Run(page.UID, func(b *testing.B) {
			// The quickest of some for each, in rounds, since a machine has more to do than this for seconds at a time.
			const rounds, times = 5, 8
			base, best := time.Hour, make([]time.Duration, len(page.Queries))
			for b.Loop() {
				for i := range best {
					best[i] = time.Hour
				}
				for range rounds {
					for range 10 * times {
						base = min(base, timed(func() { ask(dashboardquery.Page{}, singleQuery, nil) }))
					}
					for i, query := range page.Queries {
						for range times {
							best[i] = min(best[i], timed(func() { ask(page, query, page.Base()) }))
						}
					}
				}
			}
			all, panels := time.Duration(0), map[string]time.Duration{}
			for i, query := range page.Queries {
				all += best[i]
				panels[query.Panel] += best[i]
			}
			ratio := all.Seconds() / base.Seconds()
			b.ReportMetric(ratio, "instant-queries/page")
			if ratio > mostQueries {
				b.Errorf("%s costs as much as %.0f instant queries, more than %d", page.Title, ratio, mostQueries)
				for _, panel := range slices.SortedFunc(maps.Keys(panels), func(a, b string) int { return cmp.Compare(panels[b], panels[a]) }) {
					b.Logf("%6.1f %s", panels[panel].Seconds()/base.Seconds(), panel)
				}
			}
		})
	}
}

func timed(do func()) time.Duration {
	began := time.Now()
	do()
	return time.Since(began)
}

// servePast starts a Prometheus on what was served on a day, on a past of it, and on what the rules of the screens
// made of it.
func servePast(b *testing.B, live, public metricPage, at time.Time) (server string) {
	b.Helper()
	folder := b.TempDir()
	data := filepath.Join(folder, "data")
	writePast(b, data, live, public, at)
	rules := screenRules(b)
	// Some rules build on another, whose answers a Prometheus finds once it starts anew.
	for range 2 {
		server, stop := serveData(b, folder)
		moment := at.Add(-time.Minute)
		promtool := exec.Command("promtool", "tsdb", "create-blocks-from", "rules", "--url="+server, "--start="+moment.Format(time.RFC3339), "--end="+moment.Add(time.Second).Format(time.RFC3339),
			"--eval-interval=1m", "--output-dir="+data, rules)
		output, err := promtool.CombinedOutput()
		stop()
		if err != nil {
			b.Fatalf("%v: %s", err, output)
		}
	}
	server, stop := serveData(b, folder)
	b.Cleanup(stop)
	return server
}

// screenRules writes the recording rules of both data sources to one file, since one Prometheus serves both here.
func screenRules(b *testing.B) (file string) {
	b.Helper()
	all := rulefile.Group{Name: "screens"}
	for _, audience := range []string{"managers", "public"} {
		text, err := os.ReadFile(filepath.Join("..", "..", "deploy", "prometheus", "rules", "screens_"+audience+".yml"))
		if err != nil {
			b.Fatal(err)
		}
		groups, err := rulefile.Read(text)
		if err != nil {
			b.Fatal(err)
		}
		for _, group := range groups {
			for _, rule := range group.Rules {
				same := func(earlier rulefile.Rule) bool {
					return earlier.Record == rule.Record && maps.Equal(earlier.Labels, rule.Labels)
				}
				if !slices.ContainsFunc(all.Rules, same) {
					all.Rules = append(all.Rules, rule)
				}
			}
		}
	}
	text, err := rulefile.Write("", all)
	if err != nil {
		b.Fatal(err)
	}
	file = filepath.Join(b.TempDir(), "screens.yml")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		b.Fatal(err)
	}
	return file
}

// serveData starts a Prometheus on a folder's data.
func serveData(b *testing.B, folder string) (server string, stop func()) {
	b.Helper()
	path, err := exec.LookPath("prometheus")
	if err != nil {
		b.Fatal("no prometheus in PATH: run `make tools`")
	}
	data := filepath.Join(folder, "data")
	config := filepath.Join(folder, "prometheus.yml")
	if err := os.WriteFile(config, []byte("global: {scrape_interval: 1m}\n"), 0o600); err != nil {
		b.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	address := listener.Addr().String()
	if err := listener.Close(); err != nil {
		b.Fatal(err)
	}
	started := exec.Command(path, "--config.file="+config, "--storage.tsdb.path="+data, "--storage.tsdb.retention.time=20y",
		"--web.listen-address="+address, "--log.level=error")
	started.Stdout, started.Stderr = io.Discard, os.Stderr
	if err := started.Start(); err != nil {
		b.Fatal(err)
	}
	stop = func() {
		_ = started.Process.Signal(syscall.SIGTERM)
		_ = started.Wait()
	}
	server = "http://" + address
	for began := time.Now(); ; time.Sleep(200 * time.Millisecond) {
		answer, err := http.Get(server + "/-/ready")
		if err == nil {
			_ = answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return server, stop
			}
		}
		if time.Since(began) > time.Minute {
			stop()
			b.Fatal("Prometheus is not ready after a minute")
		}
	}
}

// writePast has promtool make the blocks, as it does for backfill: one for each span
// that a block of some weeks has, so that it reads each text once.
func writePast(b *testing.B, folder string, live, public metricPage, at time.Time) {
	b.Helper()
	past, now := pastAndNow(live, public)
	const (
		span = 486 * time.Hour // the longest of promtool's blocks below a month
		day  = 24 * time.Hour
	)
	text := filepath.Join(b.TempDir(), "past.om")
	start := at.AddDate(-historyYears, 0, 0)
	// Blocks begin at multiples of their span since 1970.
	begin := time.UnixMilli(start.UnixMilli() / span.Milliseconds() * span.Milliseconds()).UTC()
	for from := begin; from.Before(at); from = from.Add(span) {
		var days []time.Time
		for when := from.Truncate(day).Add(12 * time.Hour); when.Before(from.Add(span)) && when.Before(at.Add(-time.Hour)); when = when.Add(day) {
			if !when.Before(from) {
				days = append(days, when)
			}
		}
		lived := !at.Before(from) && at.Before(from.Add(span))
		if err := writeText(text, past, now, days, lived, at); err != nil {
			b.Fatal(err)
		}
		promtool := exec.Command("promtool", "tsdb", "create-blocks-from", "openmetrics", "--quiet", "--max-block-duration=744h", text, folder)
		if output, err := promtool.CombinedOutput(); err != nil {
			b.Fatalf("%v: %s", err, output)
		}
	}
}

// pastAndNow are the families with the lines of their series: those that backfill
// writes, for more teams and groups until there are enough, and those that a scrape
// finds now.
func pastAndNow(live, public metricPage) (past, now map[string][]string) {
	past, now = map[string][]string{}, map[string][]string{}
	many := 0
	for family, metrics := range live {
		for _, metric := range metrics {
			now[family] = append(now[family], seriesOf(family, metric, 0))
		}
		if inHistory(family) {
			past[family] = slices.Clone(now[family])
			many += len(past[family])
		}
	}
	for family, metrics := range public {
		for _, metric := range metrics {
			if live[family] == nil {
				now[family] = append(now[family], seriesOf(family, metric, 0))
			}
		}
	}
	for again := 1; many < historySeries; again++ {
		for _, family := range slices.Sorted(maps.Keys(past)) {
			for _, metric := range live[family] {
				if many < historySeries && strings.Contains(family, "_by_") {
					more := seriesOf(family, metric, again)
					past[family], now[family] = append(past[family], more), append(now[family], more)
					many++
				}
			}
		}
	}
	return past, now
}

// writeText writes OpenMetrics, family by family.
func writeText(name string, past, now map[string][]string, days []time.Time, lived bool, at time.Time) error {
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	text := bufio.NewWriterSize(file, 1<<20)
	families := past
	if lived {
		families = now
	}
	for _, family := range slices.Sorted(maps.Keys(families)) {
		for i, series := range families[family] {
			if i < len(past[family]) {
				for _, when := range days {
					_, _ = fmt.Fprintf(text, "%s %d %d\n", series, when.YearDay()%97, when.Unix())
				}
			}
			if lived {
				_, _ = fmt.Fprintf(text, "%s %d %d\n", series, i%97, at.Add(-time.Minute).Unix())
			}
		}
	}
	_, _ = text.WriteString("# EOF\n")
	return errors.Join(text.Flush(), file.Close())
}

// inHistory reports whether backfill writes a family.
func inHistory(family string) bool {
	return !slices.ContainsFunc([]string{
		"childrens_indicator_", "childrens_benchmark", "childrens_exporter_", "childrens_event", "childrens_commentary",
		"childrens_data_quality", "childrens_authority", "childrens_public",
	}, func(generic string) bool { return strings.HasPrefix(family, generic) })
}

// seriesOf is a series as a scrape stores it; again makes one more team or group of
// it.
func seriesOf(family string, metric *dto.Metric, again int) string {
	pairs := []string{`job="childrens_services"`, `instance="council"`, `authority="council"`}
	for i, label := range metric.GetLabel() {
		value := label.GetValue()
		if again > 0 && i == 0 {
			value += fmt.Sprintf(" %d", again)
		}
		pairs = append(pairs, fmt.Sprintf("%s=%q", label.GetName(), value))
	}
	return family + "{" + strings.Join(pairs, ",") + "}"
}
