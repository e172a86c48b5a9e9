package councils

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"childrens-services-exporter/exporter/catalogue"
)

// Golden is a hand-written council, small enough to check on paper, with the numbers that follow from it.
type Golden struct {
	Name   string            `yaml:"-"`
	Source string            `yaml:"source"`
	AsOf   string            `yaml:"as_of"`
	Tables map[string]string `yaml:"tables"`
	// Authority is whose council it is, for what lies in its area.
	Authority catalogue.Authority `yaml:"authority"`
	// Limits changes a limit for this council.
	Limits      map[string]int                 `yaml:"limits"`
	Populations catalogue.Populations          `yaml:"populations"`
	Codes       map[string]map[string][]string `yaml:"codes"`
	// Expect maps a family to every one of its samples: label values joined by a comma, or total, to the value. A family
	// listed here has no other sample.
	Expect map[string]map[string]float64 `yaml:"expect"`
}

// ReadGolden reads every golden council of a folder.
func ReadGolden(folder string) ([]Golden, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.yaml"))
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("no golden councils in %s", folder)
	}
	var all []Golden
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		council := Golden{Name: strings.TrimSuffix(filepath.Base(file), ".yaml")}
		decoder := yaml.NewDecoder(bytes.NewReader(text))
		decoder.KnownFields(true)
		if err := decoder.Decode(&council); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		all = append(all, council)
	}
	return all, nil
}

// Day is the day on which the numbers are expected.
func (g Golden) Day() (time.Time, error) { return time.Parse(time.DateOnly, g.AsOf) }

// Rows are the tables as rows; an empty cell is NULL.
func (g Golden) Rows() (Tables, error) {
	tables := Tables{}
	for table, written := range g.Tables {
		reader := csv.NewReader(strings.NewReader(written))
		reader.TrimLeadingSpace = true
		lines, err := reader.ReadAll()
		if err != nil {
			return nil, fmt.Errorf("%s: %s: %w", g.Name, table, err)
		}
		for _, line := range lines[1:] {
			row := map[string]string{}
			for i, cell := range line {
				if cell = strings.TrimSpace(cell); cell != "" {
					row[strings.TrimSpace(lines[0][i])] = cell
				}
			}
			tables[table] = append(tables[table], row)
		}
	}
	return tables, nil
}

// Rounded keeps six decimals, as many as the golden councils are written with.
func Rounded(value float64) float64 { return float64(int64(value*1e6+0.5)) / 1e6 }
