package backfill_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/textparse"
)

// sample is one line of OpenMetrics as Prometheus reads it.
type sample struct {
	series string
	stamp  time.Time
	value  float64
}

// parse reads OpenMetrics with Prometheus' own parser and checks the order that
// promtool needs to lose nothing.
func parse(t *testing.T, text string) []sample {
	t.Helper()
	var samples []sample
	var families, typed []string
	parser := textparse.NewOpenMetricsParser([]byte(text), labels.NewSymbolTable())
	for {
		entry, err := parser.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("Prometheus does not read it: %v", err)
		}
		switch entry {
		case textparse.EntryType:
			name, kind := parser.Type()
			if kind != "gauge" {
				t.Errorf("%s is a %s", name, kind)
			}
			typed = append(typed, string(name))
		case textparse.EntrySeries:
			_, stamp, value := parser.Series()
			if stamp == nil {
				t.Fatal("a sample has no time")
			}
			var labelSet labels.Labels
			parser.Labels(&labelSet)
			if name := labelSet.Get("__name__"); len(families) == 0 || families[len(families)-1] != name {
				families = append(families, name)
			}
			samples = append(samples, sample{labelSet.String(), time.UnixMilli(*stamp).UTC(), value})
		default:
		}
	}
	if !slices.IsSorted(families) || len(slices.Compact(slices.Clone(families))) != len(families) {
		t.Errorf("families are not sorted: %v", families)
	}
	if diff := cmp.Diff(families, typed); diff != "" {
		t.Errorf("TYPE lines (-families +typed):\n%s", diff)
	}
	checkOrder(t, samples)
	return samples
}

func checkOrder(t *testing.T, samples []sample) {
	t.Helper()
	ended := map[string]bool{}
	for i, current := range samples {
		if current.stamp.Hour() != 12 || current.stamp.Minute() != 0 || current.stamp.Second() != 0 {
			t.Fatalf("%s is stamped %s, not noon UTC", current.series, current.stamp)
		}
		if i == 0 {
			continue
		}
		before := samples[i-1]
		switch {
		case before.series != current.series:
			ended[before.series] = true
			if ended[current.series] {
				t.Fatalf("%s comes in two pieces", current.series)
			}
		case !before.stamp.Before(current.stamp):
			t.Fatalf("%s goes back in time at %s", current.series, current.stamp)
		}
	}
}

func written(t *testing.T) string {
	t.Helper()
	var text strings.Builder
	if err := worked(t, definitions()).Write(&text); err != nil {
		t.Fatal(err)
	}
	return text.String()
}

func TestWriteIsOpenMetrics(t *testing.T) {
	text := written(t)
	if !strings.HasSuffix(text, "\n# EOF\n") || strings.Count(text, "# EOF") != 1 || strings.Contains(text, "\r") {
		t.Error("the text does not end with # EOF")
	}
	values := map[string]map[string]float64{}
	for _, got := range parse(t, text) {
		if values[got.series] == nil {
			values[got.series] = map[string]float64{}
		}
		values[got.series][got.stamp.Format(time.DateOnly)] = got.value
	}
	const with = `authority="A \"b\" \\ c", job="childrens-services"`
	for _, want := range []struct {
		series, day string
		value       float64
		absent      bool
	}{
		// A true zero on every day before the first plan.
		{`{__name__="childrens_plans", ` + with + `}`, "2026-02-26", 0, false},
		{`{__name__="childrens_plans", ` + with + `}`, "2026-03-10", 1, false},
		{`{__name__="childrens_plans", ` + with + `}`, "2026-03-29", 2, false},
		{`{__name__="childrens_plans", ` + with + `}`, "2026-04-08", 1, false},
		// A team is there while it has plans; its name survives.
		{`{__name__="childrens_plans_by_team", ` + with + `, team="South \"2\"\\\nand more"}`, "2026-03-20", 1, false},
		{`{__name__="childrens_plans_by_team", ` + with + `, team="South \"2\"\\\nand more"}`, "2026-03-19", 0, true},
		{`{__name__="childrens_plans_by_team", ` + with + `, team="South \"2\"\\\nand more"}`, "2026-04-06", 0, true},
		// No ratio on no plan.
		{`{__name__="childrens_plans_long_ratio", ` + with + `}`, "2026-03-09", 0, true},
		{`{__name__="childrens_plans_long_denominator", ` + with + `}`, "2026-03-09", 0, false},
		{`{__name__="childrens_plans_long_ratio", ` + with + `}`, "2026-03-31", 0.5, false},
		// The last month that ended: February until 31 March, March from 1 April.
		{`{__name__="childrens_plans_started", ` + with + `, window="month"}`, "2026-03-01", 2, false},
		{`{__name__="childrens_plans_started", ` + with + `, window="month"}`, "2026-03-31", 2, false},
		{`{__name__="childrens_plans_started", ` + with + `, window="month"}`, "2026-04-01", 1, false},
		{`{__name__="childrens_plans_started", ` + with + `, window="month"}`, "2026-02-28", 0, false},
	} {
		got, exists := values[want.series][want.day]
		if exists == want.absent || got != want.value {
			t.Errorf("%s on %s: %v (there: %t)", want.series, want.day, got, exists)
		}
	}
	for series := range values {
		if strings.Contains(series, "worker") {
			t.Errorf("a worker's caseload is in the history: %s", series)
		}
	}
}

func TestHelpIsEscaped(t *testing.T) {
	const want = "# HELP childrens_plans Plans \\\"open\\\" on the day, by C:\\\\path.\n# TYPE childrens_plans gauge\n"
	if text := written(t); !strings.Contains(text, want) {
		t.Errorf("no %q in\n%.300s", want, text)
	}
}

func TestMonthFilesHoldTheWhole(t *testing.T) {
	past := worked(t, definitions())
	directory := filepath.Join(t.TempDir(), "new", "months")
	files, err := past.WriteMonths(directory)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	var months []sample
	for _, file := range files {
		names = append(names, filepath.Base(file))
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, got := range parse(t, string(text)) {
			if month := got.stamp.Format("2006-01") + ".om"; month != filepath.Base(file) {
				t.Errorf("%s of %s is in %s", got.series, got.stamp, file)
			}
			months = append(months, got)
		}
	}
	if diff := cmp.Diff([]string{"2026-02.om", "2026-03.om", "2026-04.om"}, names); diff != "" {
		t.Errorf("files:\n%s", diff)
	}
	var text strings.Builder
	if err := past.Write(&text); err != nil {
		t.Fatal(err)
	}
	once := parse(t, text.String())
	slices.SortStableFunc(months, func(a, b sample) int { return strings.Compare(a.series, b.series) })
	slices.SortStableFunc(once, func(a, b sample) int { return strings.Compare(a.series, b.series) })
	if diff := cmp.Diff(once, months, cmp.AllowUnexported(sample{})); diff != "" {
		t.Errorf("-whole +months:\n%s", diff)
	}
}

func TestMonthFilesThatCannotBeWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := worked(t, definitions()).WriteMonths(filepath.Join(file, "months")); err == nil || !strings.HasPrefix(err.Error(), "cannot make ") {
		t.Errorf("got %v", err)
	}
}

// full refuses every byte.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left") }

func TestWriteReturnsTheErrorOfAFullDisk(t *testing.T) {
	if err := worked(t, definitions()).Write(full{}); err == nil {
		t.Error("nothing was written and nothing was said")
	}
}
