// Command generate writes the alert rules from the definitions in the catalogue.
// It is run by make rules; the rules are committed.
package main

import (
	"flag"
	"fmt"
	"io/fs"
	"os"

	"childrens-services-exporter/deploy/prometheus/alerts"
	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition"
)

func main() {
	into := flag.String("into", "deploy/prometheus/rules/childrens_services.yml", "file to write to")
	runbook := flag.String("runbook", alerts.DefaultRunbook, "address of docs/operations.md for the links of alerts, as in https://git.example.org/childrens-services-exporter/docs/operations.md")
	own := flag.String("catalogue", "", "folder with a council's own definitions, as in CSE_CATALOGUE_DIR")
	flag.Parse()
	if err := write(*into, *own, *runbook); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func write(into, own, runbook string) error {
	layers := []fs.FS{definition.Embedded()}
	if own != "" {
		layers = append(layers, os.DirFS(own))
	}
	definitions, err := definition.Load(config.Settings{}, layers...)
	if err != nil {
		return err
	}
	text, err := alerts.Write(definitions, runbook)
	if err != nil {
		return err
	}
	if err := os.WriteFile(into, text, 0o644); err != nil {
		return fmt.Errorf("%s: cannot be written: %w", into, err)
	}
	return nil
}
