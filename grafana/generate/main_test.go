package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestCommitted holds the dashboards in the repository against what the
// definitions in it give today.
func TestCommitted(t *testing.T) {
	into := t.TempDir()
	rules := filepath.Join(t.TempDir(), "made", "where there is none")
	if err := write(into, rules, ""); err != nil {
		t.Fatal(err)
	}
	committed, written := files(t, "../../deploy/prometheus/rules"), files(t, rules)
	if len(written) != 2 {
		t.Errorf("%d files of rules, want one for each data source", len(written))
	}
	for name, text := range written {
		if difference := cmp.Diff(committed[name], text); difference != "" {
			t.Errorf("deploy/prometheus/rules/%s is not what go run ./grafana/generate writes; run make dashboards (-committed +generated):\n%s", name, difference)
		}
	}
	if difference := cmp.Diff(files(t, "../dashboards"), files(t, into)); difference != "" {
		t.Errorf("grafana/dashboards is not what go run ./grafana/generate writes; run make dashboards (-committed +generated):\n%s", difference)
	}
}

func TestDefinitionsOfACouncil(t *testing.T) {
	if err := write(t.TempDir(), t.TempDir(), t.TempDir()); err != nil {
		t.Errorf("an empty folder of own definitions changes nothing, but: %v", err)
	}
	broken := t.TempDir()
	if err := os.WriteFile(filepath.Join(broken, "stray.yaml"), []byte("cohort: stray"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := write(t.TempDir(), t.TempDir(), broken); err == nil {
		t.Error("a definition outside a topic folder was taken")
	}
}

func files(t *testing.T, folder string) map[string]string {
	t.Helper()
	texts := map[string]string{}
	err := filepath.WalkDir(folder, func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(folder, file)
		texts[relative] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return texts
}
