package rag_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/rag"
)

// reportedOn is the moment at which the tests report.
func reportedOn() time.Time { return time.Date(2026, time.July, 14, 9, 0, 0, 0, time.UTC) }

func first(label string, value float64) rag.FirstReported {
	return rag.FirstReported{
		Indicator: "childrens_cp_visits_on_time_ratio", Version: 1, Kind: "quarter", Period: label, Value: value,
		Numerator: new(312.0), Denominator: new(400.0), At: reportedOn(), By: rag.ByDelay,
	}
}

func kept(t *testing.T, store *rag.FirstReportedStore, label string) float64 {
	t.Helper()
	found, ok := store.Find("childrens_cp_visits_on_time_ratio", 1, "quarter", label)
	if !ok {
		return -1
	}
	return found.Value
}

func keep(t *testing.T, store *rag.FirstReportedStore, now time.Time, firsts ...rag.FirstReported) {
	t.Helper()
	if err := store.Save(firsts, now); err != nil {
		t.Fatal(err)
	}
}

func stateFile(directory string) string {
	return filepath.Join(directory, "first-reported-social_care.jsonl")
}

func TestFirstValueStaysOverARestartAndAClockSetBack(t *testing.T) {
	directory := t.TempDir()
	store := rag.OpenFirstReported(directory, "social_care", reportedOn())
	keep(t, store, reportedOn(), first("2026-27 Q1", 0.78))
	keep(t, store, reportedOn(), first("2026-27 Q1", 0.84))
	for _, now := range []time.Time{reportedOn().AddDate(0, 1, 0), reportedOn().AddDate(-2, 0, 0), reportedOn()} {
		again := rag.OpenFirstReported(directory, "social_care", now)
		keep(t, again, now, first("2026-27 Q1", 0.9))
		if got := kept(t, again, "2026-27 Q1"); got != 0.78 || len(again.Issues()) > 0 {
			t.Errorf("at %v the quarter was first reported as %g, %v", now, got, again.Issues())
		}
		if again.Since().After(now) {
			t.Errorf("at %v values are kept from %v on", now, again.Since())
		}
	}
	if _, ok := store.Find("childrens_cp_visits_on_time_ratio", 2, "quarter", "2026-27 Q1"); ok {
		t.Error("another version of the definition has the old one's value")
	}
}

func TestTwoExportersOnOneDirectoryKeepTheFirstOfEach(t *testing.T) {
	directory := t.TempDir()
	var working sync.WaitGroup
	for n := range 6 {
		working.Go(func() {
			store := rag.OpenFirstReported(directory, "social_care", reportedOn())
			for i := range 25 {
				if err := store.Save([]rag.FirstReported{first(fmt.Sprint("own ", n, " ", i), float64(n)), first(fmt.Sprint("shared ", i), float64(n))}, reportedOn()); err != nil {
					t.Error(err)
				}
				// What one process was told is what every later one is told.
				shared := kept(t, store, fmt.Sprint("shared ", i))
				if other := kept(t, rag.OpenFirstReported(directory, "social_care", reportedOn()), fmt.Sprint("shared ", i)); other != shared {
					t.Errorf("shared %d is %g to one and %g to another", i, shared, other)
				}
			}
		})
	}
	working.Wait()
	store := rag.OpenFirstReported(directory, "social_care", reportedOn())
	for n := range 6 {
		for i := range 25 {
			if got := kept(t, store, fmt.Sprint("own ", n, " ", i)); got != float64(n) {
				t.Fatalf("value %d of exporter %d is lost: %g", i, n, got)
			}
		}
	}
	if rejected := store.Issues(); len(rejected) > 0 {
		t.Error(rejected)
	}
}

// A crash may end the file at any byte. Every line before survives, the one cut
// off is named, and what is kept afterwards is kept well.
func TestFileCutOffAnywhereLosesNoWholeLine(t *testing.T) {
	directory := t.TempDir()
	store := rag.OpenFirstReported(directory, "social_care", reportedOn())
	keep(t, store, reportedOn(), first("2026-27 Q1", 0.78), first("2026-27 Q2", 0.8))
	whole, err := os.ReadFile(stateFile(directory))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(whole), "\n")
	for size := range len(whole) {
		cut := t.TempDir()
		if err := os.WriteFile(stateFile(cut), whole[:size], 0o600); err != nil {
			t.Fatal(err)
		}
		again := rag.OpenFirstReported(cut, "social_care", reportedOn())
		if size >= len(lines[0])+len(lines[1])-1 && kept(t, again, "2026-27 Q1") != 0.78 {
			t.Fatalf("cut at %d of %d the first line is lost", size, len(whole))
		}
		keep(t, again, reportedOn(), first("2026-27 Q3", 0.9))
		if last := rag.OpenFirstReported(cut, "social_care", reportedOn()); kept(t, last, "2026-27 Q3") != 0.9 || len(last.Issues()) > 0 {
			t.Fatalf("cut at %d, written anew: %v", size, last.Issues())
		}
	}
}

func TestDamagedLineIsNamedAndPutAside(t *testing.T) {
	directory := t.TempDir()
	store := rag.OpenFirstReported(directory, "social_care", reportedOn())
	keep(t, store, reportedOn(), first("2026-27 Q1", 0.78))
	whole, err := os.ReadFile(stateFile(directory))
	if err != nil {
		t.Fatal(err)
	}
	damaged := string(whole) + `{"indicator":"childrens_cp_vis`
	if err := os.WriteFile(stateFile(directory), []byte(damaged), 0o600); err != nil {
		t.Fatal(err)
	}
	again := rag.OpenFirstReported(directory, "social_care", reportedOn())
	want := stateFile(directory) + ":3: is cut off or damaged; the value is left out"
	if rejected := again.Issues(); len(rejected) != 1 || rejected[0].Message != want || rejected[0].Input != "state" {
		t.Errorf("%v, want %s", rejected, want)
	}
	keep(t, again, reportedOn(), first("2026-27 Q2", 0.8))
	if aside, err := os.ReadFile(stateFile(directory) + ".damaged"); err != nil || string(aside) != damaged {
		t.Errorf("the damaged file is not put aside: %v", err)
	}
	if len(again.Issues()) != 1 {
		t.Error("the metric forgets what was left out")
	}
}

func TestFileOfALaterReleaseIsLeftAlone(t *testing.T) {
	directory := t.TempDir()
	later := []byte("{\"format\":2,\"since\":\"2026-01-01T00:00:00Z\"}\n{\"something\":\"new\"}\n")
	if err := os.WriteFile(stateFile(directory), later, 0o600); err != nil {
		t.Fatal(err)
	}
	store := rag.OpenFirstReported(directory, "social_care", reportedOn())
	keep(t, store, reportedOn(), first("2026-27 Q1", 0.78))
	want := stateFile(directory) + ":1: was written by a later release and is left alone; values are kept in memory until that release runs again"
	if rejected := store.Issues(); len(rejected) != 1 || rejected[0].Message != want {
		t.Errorf("%v", rejected)
	}
	if got := kept(t, store, "2026-27 Q1"); got != 0.78 {
		t.Errorf("in memory: %g", got)
	}
	if after, err := os.ReadFile(stateFile(directory)); err != nil || string(after) != string(later) {
		t.Errorf("the file was changed to %s", after)
	}
}

func TestPeriodIsKeptTenWorkingDaysAfterItClosedIfTheDataReachItsEnd(t *testing.T) {
	cal, err := calendar.New(calendar.Options{})
	if err != nil {
		t.Fatal(err)
	}
	shown, err := cal.ReportPeriod(calendar.Quarter, calendar.Date(2026, 7, 20), 1)
	if err != nil {
		t.Fatal(err)
	}
	quarter := calendar.ReportPeriod{Period: shown, Offset: 1}
	began, newest := calendar.Date(2026, 7, 1), calendar.Date(2026, 7, 10)
	for _, test := range []struct {
		name                 string
		back                 int
		today, since, newest time.Time
		want                 bool
	}{
		// 30 June is a Tuesday; ten working days later is Tuesday 14 July.
		{"the day before", 1, calendar.Date(2026, 7, 13), began, newest, false},
		{"the day", 1, calendar.Date(2026, 7, 14), began, newest, true},
		{"later, after a stop", 1, calendar.Date(2026, 8, 14), began, newest, true},
		{"the open period", 0, calendar.Date(2026, 8, 14), began, newest, false},
		{"nothing was kept then", 1, calendar.Date(2026, 8, 14), calendar.Date(2026, 7, 14), newest, false},
		{"the data end before", 1, calendar.Date(2026, 7, 14), began, calendar.Date(2026, 6, 29), false},
		{"the data end with it", 1, calendar.Date(2026, 7, 14), began, calendar.Date(2026, 6, 30), true},
	} {
		quarter.Offset = test.back
		if got := rag.IsDue(cal, quarter, test.today, test.since, test.newest); got != test.want {
			t.Errorf("%s: due is %t", test.name, got)
		}
	}
}

func TestRevisionSaysWhatWasRecordedLate(t *testing.T) {
	indicator := &definition.Indicator{Unit: "ratio", Measure: definition.Measure{Kind: definition.Ratio}}
	revision := rag.Revision{FirstReported: first("2026-27 Q1", 0.78)}
	revision.Period = calendar.Period{Label: "2026-27 Q1"}
	revision.Observation = definition.Observation{Indicator: indicator, Value: new(0.84), Numerator: new(362.0), Denominator: new(431.0)}
	want := "2026-27 Q1 was 78 %, now 84 %: 31 more counted and 50 more of them in the numerator, recorded after 14 July 2026"
	if got := revision.Text(); got != want || !revision.Revised() {
		t.Errorf("%s\nwant %s", got, want)
	}
	indicator.Unit, indicator.Measure.Kind = "count", definition.Count
	revision.FirstReported = rag.FirstReported{Value: 90, At: reportedOn()}
	revision.Observation = definition.Observation{Indicator: indicator, Value: new(88.0)}
	if got := revision.Text(); got != "2026-27 Q1 was 90, now 88: 2 fewer recorded after 14 July 2026" {
		t.Error(got)
	}
}
