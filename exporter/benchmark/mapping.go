package benchmark

import (
	"bytes"
	"fmt"
	"io/fs"
	"slices"

	"go.yaml.in/yaml/v3"
)

// mapping names the published measures of an indicator.
type mapping struct {
	Indicator string `yaml:"indicator"`
	// Measures are the codes of the publication; several are added up.
	Measures []string `yaml:"measures"`
	Scale    string   `yaml:"scale"`
	Source   string   `yaml:"source"`
	// Difference describes how the published measure counts differently.
	Difference string `yaml:"difference"`
}

// The scales that a published figure may have.
const (
	percent             = "percent"
	complementOfPercent = "rest_of_percent"
	unscaled            = "as_is"
)

func readMappings(from fs.FS) ([]mapping, error) {
	text, err := fs.ReadFile(from, "mapping.yaml")
	if err != nil {
		return nil, fmt.Errorf("mapping.yaml: cannot be read: %w", err)
	}
	var mappings []mapping
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(&mappings); err != nil {
		return nil, fmt.Errorf("mapping.yaml: %w", err)
	}
	seen := map[string]bool{}
	for _, entry := range mappings {
		switch {
		case entry.Indicator == "" || len(entry.Measures) == 0 || entry.Source == "" || entry.Difference == "":
			return nil, fmt.Errorf("mapping.yaml: indicator %q: measures, source and difference are needed", entry.Indicator)
		case !slices.Contains([]string{percent, complementOfPercent, unscaled}, entry.Scale):
			return nil, fmt.Errorf("mapping.yaml: indicator %s: scale must be percent, rest_of_percent or as_is", entry.Indicator)
		case seen[entry.Indicator]:
			return nil, fmt.Errorf("mapping.yaml: indicator %s is mapped twice", entry.Indicator)
		}
		seen[entry.Indicator] = true
	}
	return mappings, nil
}
