package source_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"childrens-services-exporter/exporter/source"
)

func plans(rows int64, filenode uint32) source.TableStats {
	return source.TableStats{Relation: "cp_plan", Rows: rows, Filenode: filenode}
}

// outcome of a reading: believed, empty, or the reasons for which it is held.
func outcome(t *testing.T, guards *source.Guard, readings ...source.TableStats) string {
	t.Helper()
	verdict, err := guards.Judge(readings, false)
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, reason := range []string{"settling", "rows_fell", "orphans"} {
		if verdict.Held[reason] != "" {
			words = append(words, reason)
		}
	}
	for _, session := range readings {
		if verdict.Empty[session.Relation] {
			words = append(words, "empty")
		}
	}
	if len(words) == 0 {
		return "believed"
	}
	return strings.Join(words, ", ")
}

// judged plays one table's readings to fresh guards and lists what becomes of each.
func judged(t *testing.T, readings ...source.TableStats) []string {
	t.Helper()
	guards := source.NewGuard(source.DefaultGuardPolicy())
	outcomes := make([]string, len(readings))
	for i, session := range readings {
		outcomes[i] = outcome(t, guards, session)
	}
	return outcomes
}

func TestTableIsBelievedOnceItHasSettled(t *testing.T) {
	for _, test := range []struct {
		name     string
		readings []source.TableStats
		want     []string
	}{
		{"two equal readings", []source.TableStats{plans(100, 1), plans(100, 1), plans(103, 1)},
			[]string{"settling", "believed", "believed"}},
		{"a refill in batches", []source.TableStats{plans(0, 1), plans(300, 1), plans(600, 1), plans(900, 1), plans(900, 1)},
			[]string{"settling", "settling", "settling", "settling", "believed"}},
		{"a refresh of the same size", []source.TableStats{plans(100, 1), plans(100, 1), plans(100, 2), plans(100, 2)},
			[]string{"settling", "believed", "settling", "believed"}},
		{"a database in use", []source.TableStats{plans(5000, 1), plans(5004, 1), plans(5003, 1)},
			[]string{"settling", "believed", "believed"}},
	} {
		if diff := cmp.Diff(test.want, judged(t, test.readings...)); diff != "" {
			t.Errorf("%s:\n%s", test.name, diff)
		}
	}
}

func TestFallBelowHalfIsHeldUntilItInsists(t *testing.T) {
	got := judged(t, plans(100, 1), plans(100, 1), plans(49, 1), plans(49, 1), plans(49, 1), plans(49, 1), plans(49, 1))
	want := []string{"settling", "believed", "rows_fell", "rows_fell", "rows_fell", "believed", "believed"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("by DELETE:\n%s", diff)
	}
	if diff := cmp.Diff(want, judged(t, plans(100, 1), plans(100, 1), plans(49, 2), plans(49, 2), plans(49, 2), plans(49, 2), plans(49, 2))); diff != "" {
		t.Errorf("by TRUNCATE:\n%s", diff)
	}
	got = judged(t, plans(100, 1), plans(100, 1), plans(50, 1), plans(49, 1))
	if diff := cmp.Diff([]string{"settling", "believed", "believed", "believed"}, got); diff != "" {
		t.Errorf("to half, then a little below it:\n%s", diff)
	}
	got = judged(t, plans(49, 1), plans(49, 1), plans(8, 1))
	if diff := cmp.Diff([]string{"settling", "believed", "believed"}, got); diff != "" {
		t.Errorf("of a small table, where a fall is no surprise:\n%s", diff)
	}
}

func TestRefillAfterAFallSettlesEvenInTheSameFile(t *testing.T) {
	got := judged(t, plans(1000, 1), plans(1000, 1), plans(100, 1), plans(600, 1), plans(990, 1), plans(990, 1))
	want := []string{"settling", "believed", "rows_fell", "settling", "settling", "believed"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestEmptyTableIsUnavailableUntilItInsists(t *testing.T) {
	never := judged(t, plans(0, 1), plans(0, 1), plans(0, 1), plans(0, 1))
	if diff := cmp.Diff([]string{"settling", "empty", "empty", "believed"}, never); diff != "" {
		t.Errorf("never seen filled:\n%s", diff)
	}
	emptied := judged(t, plans(33, 1), plans(33, 1), plans(0, 2), plans(0, 2), plans(0, 2), plans(34, 2), plans(34, 2))
	if diff := cmp.Diff([]string{"settling", "believed", "settling", "empty", "empty", "settling", "believed"}, emptied); diff != "" {
		t.Errorf("a small council's, during a refresh:\n%s", diff)
	}
}

func TestTableThatMayBeEmptyIsBelievedEmptyUnlessItHadRows(t *testing.T) {
	teams := func(rows int64, filenode uint32) source.TableStats {
		return source.TableStats{Relation: "team", MayBeEmpty: true, Rows: rows, Filenode: filenode}
	}
	if diff := cmp.Diff([]string{"settling", "believed"}, judged(t, teams(0, 1), teams(0, 1))); diff != "" {
		t.Errorf("never filled:\n%s", diff)
	}
	got := judged(t, teams(12, 1), teams(12, 1), teams(0, 2), teams(0, 2), teams(12, 2), teams(12, 2))
	if diff := cmp.Diff([]string{"settling", "believed", "settling", "empty", "settling", "believed"}, got); diff != "" {
		t.Errorf("emptied by a refresh:\n%s", diff)
	}
}

func TestPlansWithoutPersonsAreHeld(t *testing.T) {
	orphaned := plans(40, 1)
	orphaned.Orphans = map[string]int64{"person_id": 21}
	few := plans(40, 1)
	few.Orphans = map[string]int64{"person_id": 20}
	if diff := cmp.Diff([]string{"settling", "orphans", "orphans", "believed"}, judged(t, orphaned, orphaned, orphaned, orphaned)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"settling", "believed"}, judged(t, few, few)); diff != "" {
		t.Errorf("half are dirt, more than half are a refresh:\n%s", diff)
	}
}

func TestReadingsWhileAnotherTableMovesDoNotInsist(t *testing.T) {
	guards := source.NewGuard(source.DefaultGuardPolicy())
	visits := func(rows int64, filenode uint32) source.TableStats {
		return source.TableStats{Relation: "cp_visit", Rows: rows, Filenode: filenode}
	}
	for range 2 {
		outcome(t, guards, plans(33, 1), visits(4000, 1))
	}
	// The plans are emptied and the visits refilled in batches: however often one
	// looks, no child has left a plan.
	for rows := int64(2500); rows < 4000; rows += 100 {
		if got := outcome(t, guards, plans(0, 2), visits(rows, 2)); !strings.HasPrefix(got, "settling") {
			t.Fatalf("with %d visits the reading is %s", rows, got)
		}
	}
	if got := outcome(t, guards, plans(0, 2), visits(3900, 2)); got != "empty" {
		t.Errorf("once the visits have settled the plans are %s", got)
	}
	for range 2 {
		if got := outcome(t, guards, plans(34, 3), visits(3900, 2)); got != "settling" && got != "believed" {
			t.Errorf("refilled, the plans are %s", got)
		}
	}
}

func TestAcceptBelievesAtOnceAndSaysWhatChanged(t *testing.T) {
	guards := source.NewGuard(source.DefaultGuardPolicy())
	for range 2 {
		outcome(t, guards, plans(900, 1))
	}
	verdict, err := guards.Judge([]source.TableStats{plans(12, 2)}, true)
	if err != nil {
		t.Fatal(err)
	}
	want := source.Verdict{Held: map[string]string{}, Empty: map[string]bool{}, Warnings: []string{"cp_plan: 12 rows accepted after 900"}}
	if diff := cmp.Diff(want, verdict); diff != "" {
		t.Error(diff)
	}
	if got := outcome(t, guards, plans(12, 2)); got != "believed" {
		t.Errorf("the next reading is %s", got)
	}
}
