package revision_test

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
	"childrens-services-exporter/exporter/revision"
	"childrens-services-exporter/exporter/store"
)

// reportedOn is the moment at which the tests report.
func reportedOn() time.Time { return time.Date(2026, time.July, 14, 9, 0, 0, 0, time.UTC) }

func first(label string, value float64) revision.FirstReported {
	return revision.FirstReported{
		Indicator: "childrens_cp_visits_on_time_ratio", Version: 1, Window: "quarter", Period: label, Value: value,
		Numerator: new(312.0), Denominator: new(400.0), At: reportedOn(), By: revision.ByDelay,
	}
}

func valueOf(t *testing.T, record *revision.Record, label string) float64 {
	t.Helper()
	value, ok := record.Find("childrens_cp_visits_on_time_ratio", 1, "quarter", label)
	if !ok {
		return -1
	}
	return value.Value
}

func add(t *testing.T, record *revision.Record, now time.Time, values ...revision.FirstReported) {
	t.Helper()
	if err := record.Add(values, now); err != nil {
		t.Fatal(err)
	}
}

func stateFile(directory string) string {
	return filepath.Join(directory, "first-reported-social_care.jsonl")
}

func TestFirstValueStaysOverARestartAndAClockSetBack(t *testing.T) {
	directory := t.TempDir()
	record := revision.Open(store.Open(directory), "social_care", reportedOn())
	add(t, record, reportedOn(), first("2026-27 Q1", 0.78))
	add(t, record, reportedOn(), first("2026-27 Q1", 0.84))
	for _, now := range []time.Time{reportedOn().AddDate(0, 1, 0), reportedOn().AddDate(-2, 0, 0), reportedOn()} {
		again := revision.Open(store.Open(directory), "social_care", now)
		add(t, again, now, first("2026-27 Q1", 0.9))
		if got := valueOf(t, again, "2026-27 Q1"); got != 0.78 || len(again.Issues()) > 0 {
			t.Errorf("at %v the quarter was first reported as %g, %v", now, got, again.Issues())
		}
		if again.Since().After(now) {
			t.Errorf("at %v values are kept from %v on", now, again.Since())
		}
	}
	if _, ok := record.Find("childrens_cp_visits_on_time_ratio", 2, "quarter", "2026-27 Q1"); ok {
		t.Error("another version of the definition has the old one's value")
	}
}

func TestTwoExportersOnOneDirectoryRecordTheFirstOfEach(t *testing.T) {
	directory := t.TempDir()
	var working sync.WaitGroup
	for n := range 6 {
		working.Go(func() {
			record := revision.Open(store.Open(directory), "social_care", reportedOn())
			for i := range 25 {
				if err := record.Add([]revision.FirstReported{first(fmt.Sprint("own ", n, " ", i), float64(n)), first(fmt.Sprint("shared ", i), float64(n))}, reportedOn()); err != nil {
					t.Error(err)
				}
				// Every later process reads the value that the first one recorded.
				shared := valueOf(t, record, fmt.Sprint("shared ", i))
				if other := valueOf(t, revision.Open(store.Open(directory), "social_care", reportedOn()), fmt.Sprint("shared ", i)); other != shared {
					t.Errorf("shared %d is %g to one and %g to another", i, shared, other)
				}
			}
		})
	}
	working.Wait()
	record := revision.Open(store.Open(directory), "social_care", reportedOn())
	for n := range 6 {
		for i := range 25 {
			if got := valueOf(t, record, fmt.Sprint("own ", n, " ", i)); got != float64(n) {
				t.Fatalf("value %d of exporter %d is lost: %g", i, n, got)
			}
		}
	}
	if rejected := record.Issues(); len(rejected) > 0 {
		t.Error(rejected)
	}
}

// A crash may end the file at any byte. Every line before survives, the one cut
// off is named, and what is kept afterwards is kept well.
func TestFileCutOffAnywhereLosesNoWholeLine(t *testing.T) {
	directory := t.TempDir()
	record := revision.Open(store.Open(directory), "social_care", reportedOn())
	add(t, record, reportedOn(), first("2026-27 Q1", 0.78), first("2026-27 Q2", 0.8))
	text, err := os.ReadFile(stateFile(directory))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(text), "\n")
	for size := range len(text) {
		cut := t.TempDir()
		if err := os.WriteFile(stateFile(cut), text[:size], 0o600); err != nil {
			t.Fatal(err)
		}
		again := revision.Open(store.Open(cut), "social_care", reportedOn())
		if size >= len(lines[0])+len(lines[1])-1 && valueOf(t, again, "2026-27 Q1") != 0.78 {
			t.Fatalf("cut at %d of %d the first line is lost", size, len(text))
		}
		add(t, again, reportedOn(), first("2026-27 Q3", 0.9))
		if last := revision.Open(store.Open(cut), "social_care", reportedOn()); valueOf(t, last, "2026-27 Q3") != 0.9 || len(last.Issues()) > 0 {
			t.Fatalf("cut at %d, written anew: %v", size, last.Issues())
		}
	}
}

func TestDamagedLineIsNamedAndPutAside(t *testing.T) {
	directory := t.TempDir()
	record := revision.Open(store.Open(directory), "social_care", reportedOn())
	add(t, record, reportedOn(), first("2026-27 Q1", 0.78))
	text, err := os.ReadFile(stateFile(directory))
	if err != nil {
		t.Fatal(err)
	}
	damaged := string(text) + `{"indicator":"childrens_cp_vis`
	if err := os.WriteFile(stateFile(directory), []byte(damaged), 0o600); err != nil {
		t.Fatal(err)
	}
	again := revision.Open(store.Open(directory), "social_care", reportedOn())
	want := stateFile(directory) + ":3: is cut off or damaged; the value is left out"
	if rejected := again.Issues(); len(rejected) != 1 || rejected[0].Message != want || rejected[0].Input != "state" {
		t.Errorf("%v, want %s", rejected, want)
	}
	add(t, again, reportedOn(), first("2026-27 Q2", 0.8))
	if aside, err := os.ReadFile(stateFile(directory) + ".damaged"); err != nil || string(aside) != damaged {
		t.Errorf("the damaged file is not put aside: %v", err)
	}
	if len(again.Issues()) != 1 {
		t.Error("the metric forgets what was left out")
	}
}

func TestFileOfALaterReleaseIsLeftAlone(t *testing.T) {
	directory := t.TempDir()
	later := []byte("{\"format\":3,\"since\":\"2026-01-01T00:00:00Z\"}\n{\"something\":\"new\"}\n")
	if err := os.WriteFile(stateFile(directory), later, 0o600); err != nil {
		t.Fatal(err)
	}
	record := revision.Open(store.Open(directory), "social_care", reportedOn())
	add(t, record, reportedOn(), first("2026-27 Q1", 0.78))
	want := stateFile(directory) + ":1: was written by a later release and is left alone; values are held in memory until that release runs again"
	if rejected := record.Issues(); len(rejected) != 1 || rejected[0].Message != want {
		t.Errorf("%v", rejected)
	}
	if got := valueOf(t, record, "2026-27 Q1"); got != 0.78 {
		t.Errorf("in memory: %g", got)
	}
	if after, err := os.ReadFile(stateFile(directory)); err != nil || string(after) != string(later) {
		t.Errorf("the file was changed to %s", after)
	}
}

func TestPeriodIsDueTenWorkingDaysAfterItClosedIfTheDataReachItsEnd(t *testing.T) {
	cal, err := calendar.New(calendar.Options{})
	if err != nil {
		t.Fatal(err)
	}
	closed, err := cal.ReportPeriod(calendar.Quarter, calendar.Date(2026, 7, 20), 1)
	if err != nil {
		t.Fatal(err)
	}
	quarter := calendar.ReportPeriod{Period: closed, Offset: 1}
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
		if got := revision.IsDue(cal, quarter, revision.Availability{Today: test.today, Since: test.since, Newest: test.newest}); got != test.want {
			t.Errorf("%s: due is %t", test.name, got)
		}
	}
}

func TestRevisionTextHasWhatWasRecordedLate(t *testing.T) {
	indicator := &definition.Indicator{Unit: "ratio", Measure: definition.Measure{Kind: definition.Ratio}}
	late := revision.Revision{FirstReported: first("2026-27 Q1", 0.78)}
	late.Period = calendar.Period{Label: "2026-27 Q1"}
	late.Observation = definition.Observation{Indicator: indicator, Value: new(0.84), Numerator: new(362.0), Denominator: new(431.0)}
	want := "2026-27 Q1 was 78 %, now 84 %: 31 more counted and 50 more of them in the numerator, recorded after 14 July 2026"
	if got := late.Text(); got != want || !late.Revised() {
		t.Errorf("%s\nwant %s", got, want)
	}
	indicator.Unit, indicator.Measure.Kind = "count", definition.Count
	late.FirstReported = revision.FirstReported{Value: 90, At: reportedOn()}
	late.Observation = definition.Observation{Indicator: indicator, Value: new(88.0)}
	if got := late.Text(); got != "2026-27 Q1 was 90, now 88: 2 fewer recorded after 14 July 2026" {
		t.Error(got)
	}
}
