// Command generate writes the dashboards as JSON, and the recording rules that they
// read, from the definitions in the catalogue. It is run by make dashboards; both are
// committed.
package main

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/grafana/pages"
	"childrens-services-exporter/grafana/panels"
)

func main() {
	into := flag.String("into", "grafana/dashboards", "folder to write to")
	rules := flag.String("rules", "deploy/prometheus/rules", "folder to write the rules to that the dashboards need in Prometheus")
	own := flag.String("catalogue", "", "folder with a council's own definitions, as in CSE_CATALOGUE_DIR")
	flag.Parse()
	if flag.NArg() > 0 {
		fmt.Fprintf(os.Stderr, "generate: %q is not understood: folders are named by flags, see -help\n", flag.Args())
		os.Exit(2)
	}
	if err := write(*into, *rules, *own); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func write(into, rules, own string) error {
	layers := []fs.FS{definition.Embedded()}
	if own != "" {
		layers = append(layers, os.DirFS(own))
	}
	definitions, err := definition.Load(config.Settings{}, layers...)
	if err != nil {
		return err
	}
	dashboards := pages.All(definitions)
	for name, source := range map[string]panels.DataSource{"managers": panels.Managers, "public": panels.Public} {
		text, err := panels.WriteRules(dashboards, source)
		if err != nil {
			return err
		}
		if err := save(filepath.Join(rules, "screens_"+name+".yml"), text); err != nil {
			return err
		}
	}
	for _, dashboard := range dashboards {
		text, err := dashboard.JSON()
		if err != nil {
			return err
		}
		if err := save(filepath.Join(into, dashboard.Folder, dashboard.File+".json"), text); err != nil {
			return err
		}
	}
	return nil
}

// save writes a file, in a folder that it makes where there is none.
func save(file string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return fmt.Errorf("%s: the folder cannot be made: %w", file, err)
	}
	if err := os.WriteFile(file, text, 0o644); err != nil {
		return fmt.Errorf("%s: cannot be written: %w", file, err)
	}
	return nil
}
