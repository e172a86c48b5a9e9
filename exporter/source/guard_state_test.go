package source

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"childrens-services-exporter/exporter/guard"
	"childrens-services-exporter/exporter/store"
	"childrens-services-exporter/exporter/unavailable"
)

// settledGuard gives a guard in a state directory that has accepted 900 plans.
func settledGuard(t *testing.T, directory string) *Guard {
	t.Helper()
	g := OpenGuard(store.Open(directory), "social_care", guard.DefaultPolicy())
	for range 2 {
		outcome(t, g, plans(900, 1))
	}
	return g
}

func plans(rows int64, filenode uint32) guard.TableStats {
	return guard.TableStats{Relation: "cp_plan", Rows: rows, Filenode: filenode}
}

func day() time.Time { return time.Date(2026, time.March, 31, 0, 0, 0, 0, time.UTC) }

func reading(tables ...guard.TableStats) guard.Reading {
	return guard.Reading{Tables: tables, Day: day()}
}

// outcome of a read: accepted, or the reasons for which it is held.
func outcome(t *testing.T, g *Guard, tables ...guard.TableStats) string {
	t.Helper()
	verdict, err := g.check(reading(tables...), guard.Enforce)
	if err != nil {
		t.Fatal(err)
	}
	if len(verdict.Held)+len(verdict.Empty) == 0 {
		return "accepted"
	}
	var reasons []string
	for _, reason := range slices.Sorted(maps.Keys(verdict.Held)) {
		reasons = append(reasons, string(reason))
	}
	return strings.Join(append(reasons, slices.Sorted(maps.Keys(verdict.Empty))...), ", ")
}

func stateFileIn(directory string) string { return filepath.Join(directory, "guard-social_care.jsonl") }

func TestAcceptedTablesOutliveARestart(t *testing.T) {
	directory := t.TempDir()
	settledGuard(t, directory)
	restarted := OpenGuard(store.Open(directory), "social_care", guard.DefaultPolicy())
	if got := outcome(t, restarted, plans(900, 1)); got != "accepted" {
		t.Errorf("the same table is %s", got)
	}
	restarted = OpenGuard(store.Open(directory), "social_care", guard.DefaultPolicy())
	if got := outcome(t, restarted, plans(30, 1)); got != "rows_fell" {
		t.Errorf("a fallen table is %s", got)
	}
}

func TestAcceptInASecondProcessReachesTheRunningExporter(t *testing.T) {
	directory := t.TempDir()
	running := settledGuard(t, directory)
	if got := outcome(t, running, plans(30, 2)); got != "rows_fell" {
		t.Fatalf("before accept: %s", got)
	}
	second := OpenGuard(store.Open(directory), "social_care", guard.DefaultPolicy())
	if _, err := second.check(reading(plans(30, 2)), guard.AcceptAndStore); err != nil {
		t.Fatal(err)
	}
	if got := outcome(t, running, plans(30, 2)); got != "accepted" {
		t.Errorf("after accept: %s", got)
	}
}

func TestRunningExporterDoesNotTakeBackWhatWasAccepted(t *testing.T) {
	directory := t.TempDir()
	running := settledGuard(t, directory)
	outcome(t, running, plans(30, 2))
	before, err := os.Stat(stateFileIn(directory))
	if err != nil {
		t.Fatal(err)
	}
	outcome(t, running, plans(30, 2))
	after, err := os.Stat(stateFileIn(directory))
	if err != nil {
		t.Fatal(err)
	}
	if !os.SameFile(before, after) {
		t.Error("a read that changed nothing wrote the file again")
	}
}

func TestUnreadableStateIsReportedAndLeftAlone(t *testing.T) {
	for name, text := range map[string]string{
		"damaged":            `{"cp_plan": {"accepted": tr`,
		"of a later release": `{"version": 2, "tables": [{"relation": "cp_plan", "rows": 900}]}`,
	} {
		directory := t.TempDir()
		g := settledGuard(t, directory)
		if err := os.WriteFile(stateFileIn(directory), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		moved := time.Date(2026, time.March, 31, 9, 0, 0, 0, time.UTC)
		if err := os.Chtimes(stateFileIn(directory), moved, moved); err != nil {
			t.Fatal(err)
		}
		verdict, err := g.check(reading(plans(30, 1)), guard.Enforce)
		if err == nil || !strings.Contains(err.Error(), "remove it") {
			t.Errorf("%s: %v", name, err)
		}
		if verdict.Held[unavailable.RowsFell] == "" {
			t.Errorf("%s: the guard forgot what they had in memory", name)
		}
		left, err := os.ReadFile(stateFileIn(directory))
		if err != nil || string(left) != text {
			t.Errorf("%s: the file was overwritten: %v", name, err)
		}
		if err := os.Remove(stateFileIn(directory)); err != nil {
			t.Fatal(err)
		}
		if _, err := g.check(reading(plans(900, 1)), guard.Enforce); err != nil {
			t.Errorf("%s: once it is removed: %v", name, err)
		}
		if _, err := os.Stat(stateFileIn(directory)); err != nil {
			t.Errorf("%s: no new file was written: %v", name, err)
		}
	}
}

func TestStateThatCannotBeSavedStopsNoRead(t *testing.T) {
	g := OpenGuard(store.Open(filepath.Join(t.TempDir(), "missing")), "social_care", guard.DefaultPolicy())
	verdict, err := g.check(reading(plans(900, 1)), guard.AcceptAndStore)
	if err == nil || !strings.Contains(err.Error(), "CSE_STATE_DIR") {
		t.Errorf("the error does not name the setting: %v", err)
	}
	if len(verdict.Held)+len(verdict.Empty) > 0 {
		t.Errorf("the read is held: %v", verdict)
	}
}

// The tables that the release before the store accepted stay accepted.
func TestGuardFileOfTheReleaseBeforeIsRead(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "internal", "testcouncil", "state-format-1", "guards-social_care.json"))
	if err != nil {
		t.Fatal(err)
	}
	directory := t.TempDir()
	if err := os.WriteFile(filepath.Join(directory, "guards-social_care.json"), text, 0o600); err != nil {
		t.Fatal(err)
	}
	g := OpenGuard(store.Open(directory), "social_care", guard.DefaultPolicy())
	if got := outcome(t, g, plans(60, 16451)); got != "accepted" {
		t.Errorf("the same table is %s", got)
	}
	if got := outcome(t, g, plans(3, 16451)); got != "rows_fell" {
		t.Errorf("a fallen table is %s", got)
	}
	stored, err := os.ReadFile(stateFileIn(directory))
	if err != nil || !strings.HasPrefix(string(stored), "{\"format\":2}\n") || !strings.Contains(string(stored), `{"table":"cp_plan","accepted":true,"rows":60,"filenode":16451,`) {
		t.Errorf("%v, %s", err, stored)
	}
}
