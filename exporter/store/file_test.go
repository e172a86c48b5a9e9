package store_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"childrens-services-exporter/exporter/store"
)

// record is what the tests store.
type record struct {
	Table string `json:"table"`
	Rows  int    `json:"rows"`
}

// load reads a document and gives its records.
func load(file *store.File) ([]record, store.Content) {
	var records []record
	content := file.Load(func(_ int, text json.RawMessage) error {
		var stored record
		if err := json.Unmarshal(text, &stored); err != nil {
			return err
		}
		if stored.Table == "" {
			return errors.New("no table")
		}
		records = append(records, stored)
		return nil
	})
	return records, content
}

func save(t *testing.T, file *store.File, records ...any) {
	t.Helper()
	if err := file.Save(store.Header{Since: time.Date(2026, time.April, 1, 0, 0, 0, 0, time.UTC)}, records); err != nil {
		t.Fatal(err)
	}
}

func TestDocumentIsReadAsItWasSaved(t *testing.T) {
	state := store.Open(t.TempDir())
	save(t, state.File(store.Guard, "social_care"), record{"cp_plan", 900}, record{"cp_visit", 2000})
	records, content := load(state.File(store.Guard, "social_care"))
	if diff := cmp.Diff([]record{{"cp_plan", 900}, {"cp_visit", 2000}}, records); diff != "" {
		t.Error(diff)
	}
	if content.Header.Format != store.Format || content.Header.Since.IsZero() || !content.Changed || len(content.Issues) > 0 {
		t.Errorf("%+v", content)
	}
	if records, content := load(state.File(store.Guard, "education")); len(records) > 0 || content.Changed {
		t.Errorf("another source has %v", records)
	}
}

func TestOnlyAChangedDocumentIsReadAndWritten(t *testing.T) {
	directory := t.TempDir()
	exporter, command := store.Open(directory).File(store.Guard, "social_care"), store.Open(directory).File(store.Guard, "social_care")
	save(t, exporter, record{"cp_plan", 900})
	if records, content := load(exporter); len(records) > 0 || content.Changed {
		t.Errorf("what the process wrote itself is read again: %v", records)
	}
	before, err := os.Stat(exporter.Path())
	if err != nil {
		t.Fatal(err)
	}
	save(t, exporter, record{"cp_plan", 900})
	if after, err := os.Stat(exporter.Path()); err != nil || !os.SameFile(before, after) {
		t.Errorf("the same text was written again: %v", err)
	}
	load(command)
	save(t, command, record{"cp_plan", 30})
	if records, content := load(exporter); !content.Changed || len(records) != 1 || records[0].Rows != 30 {
		t.Errorf("what another process wrote is not read: %v", records)
	}
}

func TestDamagedLineIsLeftOutAndTheFileIsSetAside(t *testing.T) {
	file := store.Open(t.TempDir()).File(store.Guard, "social_care")
	save(t, file, record{"cp_plan", 900}, record{"cp_visit", 2000})
	text, err := os.ReadFile(file.Path())
	if err != nil {
		t.Fatal(err)
	}
	damaged := string(text[:len(text)-9]) + "\n{\"rows\":1}\n"
	if err := os.WriteFile(file.Path(), []byte(damaged), 0o600); err != nil {
		t.Fatal(err)
	}
	records, content := load(file)
	if diff := cmp.Diff([]record{{"cp_plan", 900}}, records); diff != "" {
		t.Error(diff)
	}
	var issues []string
	for _, issue := range content.Issues {
		issues = append(issues, strings.TrimPrefix(issue.String(), file.Path()))
	}
	if diff := cmp.Diff([]string{":3: is cut off or damaged; the value is left out", ":4: is cut off or damaged; the value is left out"}, issues); diff != "" {
		t.Error(diff)
	}
	save(t, file, record{"cp_plan", 900})
	if aside, err := os.ReadFile(file.Path() + ".damaged"); err != nil || string(aside) != damaged {
		t.Errorf("the damaged file is not set aside: %v", err)
	}
}

func TestDocumentOfALaterReleaseIsLeftAlone(t *testing.T) {
	file := store.Open(t.TempDir()).File(store.Published, "social_care")
	later := "{\"format\":99}\n{\"table\":\"cp_plan\"}\n"
	if err := os.WriteFile(file.Path(), []byte(later), 0o600); err != nil {
		t.Fatal(err)
	}
	records, content := load(file)
	if len(records) > 0 || len(content.Issues) != 1 || !strings.Contains(content.Issues[0].String(), "later release") || !file.ReadOnly() {
		t.Errorf("%v, %v", records, content.Issues)
	}
	save(t, file, record{"cp_plan", 1})
	if text, err := os.ReadFile(file.Path()); err != nil || string(text) != later {
		t.Errorf("it was overwritten: %v", err)
	}
}

func TestStoreInMemoryHoldsNothing(t *testing.T) {
	state := store.Open("")
	file := state.File(store.Guard, "social_care")
	save(t, file, record{"cp_plan", 900})
	if records, content := load(file); len(records) > 0 || content.Changed || file.Exists() || state.Persistent() {
		t.Errorf("%v", records)
	}
	unlock, err := state.Lock()
	if err != nil {
		t.Fatal(err)
	}
	unlock()
}

func TestOneProcessWritesAtATime(t *testing.T) {
	directory := t.TempDir()
	unlock, err := store.Open(directory).Lock()
	if err != nil {
		t.Fatal(err)
	}
	entered := make(chan func())
	go func() {
		second, err := store.Open(directory).Lock()
		if err != nil {
			t.Error(err)
			second = func() {}
		}
		entered <- second
	}()
	select {
	case <-entered:
		t.Fatal("two hold the lock")
	case <-time.After(50 * time.Millisecond):
	}
	unlock()
	(<-entered)()
	info, err := os.Stat(filepath.Join(directory, "state.lock"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
}

func TestDirectoryThatCannotBeWrittenIsNamed(t *testing.T) {
	state := store.Open(filepath.Join(t.TempDir(), "missing"))
	if _, err := state.Lock(); err == nil || !strings.Contains(err.Error(), "CSE_STATE_DIR") {
		t.Errorf("lock: %v", err)
	}
	if err := state.File(store.Guard, "social_care").Save(store.Header{}, nil); err == nil || !strings.Contains(err.Error(), "CSE_STATE_DIR") {
		t.Errorf("save: %v", err)
	}
}

// The object by table of the release before becomes a record for each table.
func TestOldGuardFileIsReadAndMigrated(t *testing.T) {
	directory := t.TempDir()
	old := filepath.Join(directory, "guards-social_care.json")
	text, err := os.ReadFile(filepath.Join("..", "..", "internal", "testcouncil", "state-format-1", "guards-social_care.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(old, text, 0o600); err != nil {
		t.Fatal(err)
	}
	file := store.Open(directory).File(store.Guard, "social_care")
	records, content := load(file)
	want := []record{{"cp_plan", 60}, {"cp_visit", 240}, {"involvement", 60}, {"person", 120}, {"referral", 91}, {"target", 1}, {"team", 4}, {"worker", 3}}
	if diff := cmp.Diff(want, records); diff != "" || content.Header.Format != 1 || len(content.Issues) > 0 {
		t.Error(content, diff)
	}
	save(t, file, records[0])
	if _, err := os.Stat(old + ".migrated"); err != nil {
		t.Error(err)
	}
	if records, _ := load(store.Open(directory).File(store.Guard, "social_care")); len(records) != 1 {
		t.Errorf("afterwards: %v", records)
	}
}
