// Command generate writes the dashboards as JSON, from the definitions in the
// catalogue. It is run by make dashboards; the JSON is committed.
package main

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"childrens-services-exporter/exporter/catalogue"
	"childrens-services-exporter/grafana/pages"
)

func main() {
	into := flag.String("into", "grafana/dashboards", "folder to write to")
	own := flag.String("catalogue", "", "folder with a council's own definitions, as in CSE_CATALOGUE_DIR")
	flag.Parse()
	if err := write(*into, *own); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func write(into, own string) error {
	layers := []fs.FS{catalogue.Embedded()}
	if own != "" {
		layers = append(layers, os.DirFS(own))
	}
	definitions, err := catalogue.Load(catalogue.Settings{}, layers...)
	if err != nil {
		return err
	}
	for _, board := range pages.All(definitions) {
		text, err := board.JSON()
		if err != nil {
			return err
		}
		file := filepath.Join(into, board.Folder, board.File+".json")
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return fmt.Errorf("%s: the folder cannot be made: %w", file, err)
		}
		if err := os.WriteFile(file, text, 0o644); err != nil {
			return fmt.Errorf("%s: cannot be written: %w", file, err)
		}
	}
	return nil
}
