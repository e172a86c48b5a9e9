package web_test

import (
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"
	"github.com/prometheus/client_golang/prometheus/testutil/promlint"
	"github.com/prometheus/common/expfmt"

	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/internal/testcouncil"
)

var update = flag.Bool("update", false, "write the golden pages anew, to be read before they are committed")

// page gathers a page's families but for how long a query took.
func page(t *testing.T, collector prometheus.Collector) (prometheus.Gatherer, []string) {
	t.Helper()
	registry := prometheus.NewPedanticRegistry()
	if err := registry.Register(collector); err != nil {
		t.Fatal(err)
	}
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, family := range families {
		if name := family.GetName(); !strings.HasSuffix(name, "_duration_seconds") {
			names = append(names, name)
		}
	}
	return registry, names
}

func write(t *testing.T, file string, gatherer prometheus.Gatherer, names []string) {
	t.Helper()
	families, err := gatherer.Gather()
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, family := range families {
		if slices.Contains(names, family.GetName()) {
			if _, err := expfmt.MetricFamilyToText(&text, family); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := os.WriteFile(file, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestPagesReadAsTheyShould(t *testing.T) {
	s := collected(t)
	for file, collector := range map[string]prometheus.Collector{
		"testdata/managers.prom": s.pages.ManagersPage(),
		"testdata/workers.prom":  s.pages.WorkersPage(),
		"testdata/public.prom":   s.pages.PublicPage(),
	} {
		gatherer, names := page(t, collector)
		if *update {
			write(t, file, gatherer, names)
		}
		want, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := testutil.GatherAndCompare(gatherer, want, names...); err != nil {
			t.Errorf("%s: %v", file, err)
		}
		_ = want.Close()
	}
}

func TestLintFindsNothingOnAnyPage(t *testing.T) {
	for name, s := range map[string]council{
		"made up":  collected(t),
		"embedded": serve(t, testcouncil.Database(t), definition.Embedded()),
	} {
		s.collect(t)
		for _, path := range []string{"/metrics", "/metrics/workers", "/metrics/public"} {
			code, text := get(t, s.handler(), path)
			if code != 200 || !strings.Contains(text, "# TYPE childrens_") {
				t.Errorf("%s %s: code %d, %d bytes", name, path, code, len(text))
			}
			problems, err := promlint.New(strings.NewReader(text)).Lint()
			if err != nil {
				t.Fatal(err)
			}
			for _, problem := range problems {
				t.Errorf("%s %s: %s: %s", name, path, problem.Metric, problem.Text)
			}
		}
	}
}

func TestNoPageCarriesALabelThatTheScrapeAdds(t *testing.T) {
	s := collected(t)
	for _, path := range []string{"/metrics", "/metrics/workers", "/metrics/public"} {
		_, text := get(t, s.handler(), path)
		for _, label := range []string{"authority", "job", "instance", "env", "service", "region"} {
			if strings.Contains(text, "{"+label+"=") || strings.Contains(text, ","+label+"=") {
				t.Errorf("%s has the label %s", path, label)
			}
		}
		if strings.Contains(text, " NaN\n") || strings.Contains(text, "Inf\n") {
			t.Errorf("%s has a value that is no number", path)
		}
	}
}
