package source_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"childrens-services-exporter/exporter/source"
)

// settled gives guards in a state directory that believe 900 plans.
func settled(t *testing.T, directory string) *source.Guard {
	t.Helper()
	guards := source.OpenGuard(directory, "social_care", source.DefaultGuardPolicy())
	for range 2 {
		outcome(t, guards, plans(900, 1))
	}
	return guards
}

func stateFile(directory string) string { return filepath.Join(directory, "guards-social_care.json") }

func TestGuardsRememberAcrossARestart(t *testing.T) {
	directory := t.TempDir()
	settled(t, directory)
	restarted := source.OpenGuard(directory, "social_care", source.DefaultGuardPolicy())
	if got := outcome(t, restarted, plans(900, 1)); got != "believed" {
		t.Errorf("the same table is %s", got)
	}
	restarted = source.OpenGuard(directory, "social_care", source.DefaultGuardPolicy())
	if got := outcome(t, restarted, plans(30, 1)); got != "rows_fell" {
		t.Errorf("a fallen table is %s", got)
	}
}

func TestAcceptInASecondProcessReachesTheRunningExporter(t *testing.T) {
	directory := t.TempDir()
	running := settled(t, directory)
	if got := outcome(t, running, plans(30, 2)); got != "rows_fell" {
		t.Fatalf("before accept: %s", got)
	}
	second := source.OpenGuard(directory, "social_care", source.DefaultGuardPolicy())
	if _, err := second.Judge([]source.TableStats{plans(30, 2)}, true); err != nil {
		t.Fatal(err)
	}
	if got := outcome(t, running, plans(30, 2)); got != "believed" {
		t.Errorf("after accept: %s", got)
	}
}

func TestRunningExporterDoesNotTakeBackWhatWasAccepted(t *testing.T) {
	directory := t.TempDir()
	running := settled(t, directory)
	outcome(t, running, plans(30, 2))
	before, err := os.Stat(stateFile(directory))
	if err != nil {
		t.Fatal(err)
	}
	outcome(t, running, plans(30, 2))
	after, err := os.Stat(stateFile(directory))
	if err != nil {
		t.Fatal(err)
	}
	if !os.SameFile(before, after) {
		t.Error("a reading that changed no belief wrote the file again")
	}
}

func TestUnreadableStateIsReportedAndLeftAlone(t *testing.T) {
	for name, text := range map[string]string{
		"damaged":            `{"cp_plan": {"accepted": tr`,
		"of a later release": `{"version": 2, "tables": [{"relation": "cp_plan", "rows": 900}]}`,
	} {
		directory := t.TempDir()
		guards := settled(t, directory)
		if err := os.WriteFile(stateFile(directory), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		moved := time.Date(2026, time.March, 31, 9, 0, 0, 0, time.UTC)
		if err := os.Chtimes(stateFile(directory), moved, moved); err != nil {
			t.Fatal(err)
		}
		verdict, err := guards.Judge([]source.TableStats{plans(30, 1)}, false)
		if err == nil || !strings.Contains(err.Error(), "remove it") {
			t.Errorf("%s: %v", name, err)
		}
		if verdict.Held["rows_fell"] == "" {
			t.Errorf("%s: the guards forgot what they had in memory", name)
		}
		left, err := os.ReadFile(stateFile(directory))
		if err != nil || string(left) != text {
			t.Errorf("%s: the file was overwritten: %v", name, err)
		}
		if err := os.Remove(stateFile(directory)); err != nil {
			t.Fatal(err)
		}
		if _, err := guards.Judge([]source.TableStats{plans(900, 1)}, false); err != nil {
			t.Errorf("%s: once it is removed: %v", name, err)
		}
		if _, err := os.Stat(stateFile(directory)); err != nil {
			t.Errorf("%s: no new file was written: %v", name, err)
		}
	}
}

func TestStateThatCannotBeKeptStopsNoReading(t *testing.T) {
	guards := source.OpenGuard(filepath.Join(t.TempDir(), "missing"), "social_care", source.DefaultGuardPolicy())
	verdict, err := guards.Judge([]source.TableStats{plans(900, 1)}, true)
	if err == nil || !strings.Contains(err.Error(), "CSE_STATE_DIR") {
		t.Errorf("the error does not name the setting: %v", err)
	}
	if len(verdict.Held)+len(verdict.Empty) > 0 {
		t.Errorf("the reading is held: %v", verdict)
	}
}
