package guard_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"childrens-services-exporter/exporter/guard"
	"childrens-services-exporter/exporter/unavailable"
)

func plans(rows int64, filenode uint32) guard.TableStats {
	return guard.TableStats{Relation: "cp_plan", Rows: rows, Filenode: filenode}
}

// reader plays reads of tables to the guard, one after another.
type reader struct {
	policy guard.Policy
	state  guard.State
	day    time.Time
}

func newReader() *reader {
	return &reader{policy: guard.DefaultPolicy(), day: time.Date(2026, time.March, 31, 0, 0, 0, 0, time.UTC)}
}

func (r *reader) read(mode guard.Mode, tables ...guard.TableStats) guard.Verdict {
	var verdict guard.Verdict
	verdict, r.state = r.policy.Check(r.state, guard.Reading{Tables: tables, Day: r.day}, mode)
	return verdict
}

// outcome of a read: accepted, empty, or the reasons for which it is held.
func (r *reader) outcome(tables ...guard.TableStats) string {
	verdict := r.read(guard.Enforce, tables...)
	var words []string
	for _, reason := range slices.Sorted(maps.Keys(verdict.Held)) {
		words = append(words, string(reason))
	}
	for _, stats := range tables {
		if verdict.Empty[stats.Relation] {
			words = append(words, "empty")
		}
	}
	if len(words) == 0 {
		return "accepted"
	}
	return strings.Join(words, ", ")
}

// outcomes plays reads of one table to a new guard and lists the outcome of each.
func outcomes(reads ...guard.TableStats) []string {
	r := newReader()
	list := make([]string, len(reads))
	for i, stats := range reads {
		list[i] = r.outcome(stats)
	}
	return list
}

func TestTableIsAcceptedOnceItHasSettled(t *testing.T) {
	for _, test := range []struct {
		name  string
		reads []guard.TableStats
		want  []string
	}{
		{"two equal reads", []guard.TableStats{plans(100, 1), plans(100, 1), plans(103, 1)},
			[]string{"settling", "accepted", "accepted"}},
		{"a refill in batches", []guard.TableStats{plans(0, 1), plans(300, 1), plans(600, 1), plans(900, 1), plans(900, 1)},
			[]string{"settling", "settling", "settling", "settling", "accepted"}},
		{"a refresh of the same size", []guard.TableStats{plans(100, 1), plans(100, 1), plans(100, 2), plans(100, 2)},
			[]string{"settling", "accepted", "settling", "accepted"}},
		{"a database in use", []guard.TableStats{plans(5000, 1), plans(5004, 1), plans(5003, 1)},
			[]string{"settling", "accepted", "accepted"}},
	} {
		if diff := cmp.Diff(test.want, outcomes(test.reads...)); diff != "" {
			t.Errorf("%s:\n%s", test.name, diff)
		}
	}
}

func TestFallIsHeldHoweverLongItStays(t *testing.T) {
	for name, filenode := range map[string]uint32{"by DELETE": 1, "by TRUNCATE": 2} {
		reads := []guard.TableStats{plans(1000, 1), plans(1000, 1)}
		want := []string{"settling", "accepted"}
		for range 120 {
			reads, want = append(reads, plans(900, filenode)), append(want, "rows_fell")
		}
		if diff := cmp.Diff(want, outcomes(reads...)); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
	for _, test := range []struct {
		name  string
		reads []guard.TableStats
		want  []string
	}{
		{"by less than three square roots", []guard.TableStats{plans(100, 1), plans(100, 1), plans(71, 1)}, []string{"settling", "accepted", "accepted"}},
		{"by more", []guard.TableStats{plans(100, 1), plans(100, 1), plans(69, 1)}, []string{"settling", "accepted", "rows_fell"}},
		{"by less than a twentieth", []guard.TableStats{plans(90000, 1), plans(90000, 1), plans(86000, 1)}, []string{"settling", "accepted", "accepted"}},
		{"by more than a twentieth", []guard.TableStats{plans(90000, 1), plans(90000, 1), plans(85000, 1)}, []string{"settling", "accepted", "rows_fell"}},
		{"of a small table", []guard.TableStats{plans(38, 1), plans(38, 1), plans(4, 1)}, []string{"settling", "accepted", "rows_fell"}},
		{"of a handful", []guard.TableStats{plans(5, 1), plans(5, 1), plans(1, 1)}, []string{"settling", "accepted", "accepted"}},
		{"in steps, each of which is small", []guard.TableStats{plans(235, 1), plans(235, 1), plans(210, 1), plans(200, 1), plans(180, 1)},
			[]string{"settling", "accepted", "accepted", "accepted", "rows_fell"}},
		{"that ends", []guard.TableStats{plans(235, 1), plans(235, 1), plans(47, 2), plans(188, 2), plans(235, 2), plans(235, 2)},
			[]string{"settling", "accepted", "rows_fell", "rows_fell", "settling", "accepted"}},
	} {
		if diff := cmp.Diff(test.want, outcomes(test.reads...)); diff != "" {
			t.Errorf("%s:\n%s", test.name, diff)
		}
	}
}

func TestRefillAfterAFallSettlesEvenInTheSameFile(t *testing.T) {
	got := outcomes(plans(1000, 1), plans(1000, 1), plans(100, 1), plans(600, 1), plans(990, 1), plans(990, 1))
	want := []string{"settling", "accepted", "rows_fell", "rows_fell", "settling", "accepted"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestEmptyTableIsUnavailableUntilItIsAccepted(t *testing.T) {
	never := outcomes(plans(0, 1), plans(0, 1), plans(0, 1), plans(0, 1), plans(0, 1), plans(0, 1))
	if diff := cmp.Diff([]string{"settling", "empty", "empty", "empty", "empty", "empty"}, never); diff != "" {
		t.Errorf("never seen filled:\n%s", diff)
	}
	emptied := outcomes(plans(33, 1), plans(33, 1), plans(0, 2), plans(0, 2), plans(0, 2), plans(34, 2), plans(34, 2))
	if diff := cmp.Diff([]string{"settling", "accepted", "rows_fell", "rows_fell", "rows_fell", "settling", "accepted"}, emptied); diff != "" {
		t.Errorf("a small council's, during a refresh:\n%s", diff)
	}
	last := outcomes(plans(2, 1), plans(2, 1), plans(0, 1), plans(0, 1), plans(0, 1), plans(0, 1))
	if diff := cmp.Diff([]string{"settling", "accepted", "empty", "empty", "empty", "accepted"}, last); diff != "" {
		t.Errorf("the last of a handful:\n%s", diff)
	}
}

func TestTableThatMayBeEmptyIsAcceptedEmptyUnlessItHadRows(t *testing.T) {
	teams := func(rows int64, filenode uint32) guard.TableStats {
		return guard.TableStats{Relation: "team", MayBeEmpty: true, Rows: rows, Filenode: filenode}
	}
	if diff := cmp.Diff([]string{"settling", "accepted"}, outcomes(teams(0, 1), teams(0, 1))); diff != "" {
		t.Errorf("never filled:\n%s", diff)
	}
	got := outcomes(teams(12, 1), teams(12, 1), teams(0, 2), teams(0, 2), teams(12, 2), teams(12, 2))
	if diff := cmp.Diff([]string{"settling", "accepted", "rows_fell", "rows_fell", "settling", "accepted"}, got); diff != "" {
		t.Errorf("emptied by a refresh:\n%s", diff)
	}
}

func TestReadsWhileAnotherTableChangesAreNoPersistence(t *testing.T) {
	r := newReader()
	visits := func(rows int64, filenode uint32) guard.TableStats {
		return guard.TableStats{Relation: "cp_visit", Rows: rows, Filenode: filenode}
	}
	for range 2 {
		r.outcome(plans(4, 1), visits(4000, 1))
	}
	// The plans are emptied and the visits refilled in batches: however many reads
	// there are, no child has left a plan.
	for rows := int64(3820); rows < 4000; rows += 10 {
		if got := r.outcome(plans(0, 2), visits(rows, 2)); !strings.HasPrefix(got, "settling") {
			t.Fatalf("with %d visits the read is %s", rows, got)
		}
	}
	if got := r.outcome(plans(0, 2), visits(3990, 2)); got != "empty" {
		t.Errorf("once the visits have settled the plans are %s", got)
	}
	for range 2 {
		if got := r.outcome(plans(4, 3), visits(3990, 2)); got != "settling" && got != "accepted" {
			t.Errorf("refilled, the plans are %s", got)
		}
	}
}

func TestAcceptTakesTablesAtOnceAndWarnsOfTheChange(t *testing.T) {
	r := newReader()
	for range 2 {
		r.outcome(plans(900, 1))
	}
	verdict := r.read(guard.AcceptAndStore, plans(12, 2))
	want := guard.Verdict{Held: map[unavailable.Reason]string{}, Empty: map[string]bool{}, Unfilled: map[string]string{}, Warnings: []string{"cp_plan: 12 rows accepted after 900"}}
	if diff := cmp.Diff(want, verdict); diff != "" {
		t.Error(diff)
	}
	if got := r.outcome(plans(12, 2)); got != "accepted" {
		t.Errorf("the next read is %s", got)
	}
}

func TestAcceptOnceLeavesTheStateAsItIs(t *testing.T) {
	r := newReader()
	for range 2 {
		r.outcome(plans(900, 1))
	}
	if verdict := r.read(guard.AcceptOnce, plans(12, 2)); len(verdict.Held)+len(verdict.Empty) > 0 {
		t.Errorf("the read itself is held: %v", verdict)
	}
	if got := r.outcome(plans(12, 2)); got != "rows_fell" {
		t.Errorf("the next read is %s", got)
	}
}

func TestCheckChangesNoEarlierState(t *testing.T) {
	_, first := guard.DefaultPolicy().Check(nil, guard.Reading{Tables: []guard.TableStats{plans(900, 1)}}, guard.Enforce)
	again := func() guard.State {
		_, next := guard.DefaultPolicy().Check(first, guard.Reading{Tables: []guard.TableStats{plans(900, 1)}}, guard.Enforce)
		return next
	}
	if diff := cmp.Diff(again(), again(), cmp.AllowUnexported(guard.TableState{})); diff != "" {
		t.Errorf("the same read of the same state differs:\n%s", diff)
	}
}
