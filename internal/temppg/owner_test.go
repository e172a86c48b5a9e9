package temppg

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestNewestBinaries(t *testing.T) {
	root := t.TempDir()
	_, err := newestBinaries(root)
	if err == nil || !strings.HasSuffix(err.Error(), "run `make tools`") {
		t.Errorf("without any: %v, want advice to run `make tools`", err)
	}
	program := func(version, name string, mode os.FileMode) {
		t.Helper()
		bin := filepath.Join(root, version, "bin")
		if err := os.MkdirAll(bin, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(bin, name), nil, mode); err != nil {
			t.Fatal(err)
		}
	}
	for _, version := range []string{"9.6", "9", "15"} {
		program(version, "postgres", 0o755)
		program(version, "initdb", 0o755)
	}
	program("17", "postgres", 0o755) // without initdb
	program("18", "postgres", 0o644)
	program("18", "initdb", 0o755)
	bin, err := newestBinaries(root)
	if want := filepath.Join(root, "15", "bin"); err != nil || bin != want {
		t.Errorf("found %s, %v; want %s", bin, err, want)
	}
}
