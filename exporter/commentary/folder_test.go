package commentary_test

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/commentary"
	"childrens-services-exporter/exporter/definition"
)

func TestReloadReadsNewFilesAndLogsEachIssueOnce(t *testing.T) {
	plans := plans()
	cal, err := calendar.New(calendar.Options{})
	if err != nil {
		t.Fatal(err)
	}
	path, moved := filepath.Join(t.TempDir(), "commentary"), filepath.Join(t.TempDir(), "moved")
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(path, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("slip.md", "no header")
	var log strings.Builder
	folder := commentary.Open(path, commentary.Reader{Calendar: cal, Indicator: func(name string) (*definition.Indicator, error) {
		if name != plans.Name {
			return nil, fmt.Errorf("no indicator %q", name)
		}
		return plans, nil
	}}, slog.New(slog.NewTextHandler(&log, nil)))
	hasEntry := func() bool {
		_, hasEntry := folder.Collection().Find(plans, "2026-27 Q2")
		return hasEntry
	}
	if hasEntry() {
		t.Fatal("there is an entry before its file")
	}
	write("sound.md", validFile)
	folder.Reload()
	if !hasEntry() || len(folder.Collection().Issues) != 1 || strings.Count(log.String(), "slip.md:1") != 1 {
		t.Errorf("entry %t, %v, the log:\n%s", hasEntry(), folder.Collection().Issues, log.String())
	}
	if err := os.Rename(path, moved); err != nil {
		t.Fatal(err)
	}
	folder.Reload()
	if !hasEntry() || !strings.Contains(log.String(), "the folder cannot be read; what was read before is served") {
		t.Errorf("without the folder, entry %t, the log:\n%s", hasEntry(), log.String())
	}
	if err := os.Rename(moved, path); err != nil {
		t.Fatal(err)
	}
	write("sound.md", strings.Replace(validFile, "published: true", "published: false", 1))
	folder.Reload()
	if hasEntry() {
		t.Error("an entry that is no longer published is still there")
	}
}
