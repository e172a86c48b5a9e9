package store_test

import (
	"fmt"
	"os"
	"path/filepath"

	"childrens-services-exporter/exporter/store"
)

func ExampleWriteFile() {
	folder, err := os.MkdirTemp("", "")
	if err != nil {
		panic(err)
	}
	defer func() { _ = os.RemoveAll(folder) }()
	file := filepath.Join(folder, "values.json")
	for _, text := range []string{"the first text, which is longer", "the second"} {
		if _, err := store.WriteFile(file, []byte(text)); err != nil {
			panic(err)
		}
	}
	text, err := os.ReadFile(file)
	if err != nil {
		panic(err)
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		panic(err)
	}
	info, err := entries[0].Info()
	if err != nil {
		panic(err)
	}
	fmt.Println(string(text), len(entries), info.Mode())
	// Output: the second 1 -rw-------
}
