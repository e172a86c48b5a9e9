// Package rulefile is the file of rules that a Prometheus reads.
package rulefile

import (
	"bytes"
	"fmt"

	"go.yaml.in/yaml/v3"
)

// Rule is one alert, or one recording rule.
type Rule struct {
	Record      string            `yaml:"record,omitempty"`
	Alert       string            `yaml:"alert,omitempty"`
	Expr        string            `yaml:"expr"`
	For         string            `yaml:"for,omitempty"`
	Labels      map[string]string `yaml:"labels,omitempty"`
	Annotations map[string]string `yaml:"annotations,omitempty"`
}

// Group is rules that are evaluated together, one after the other.
type Group struct {
	Name     string `yaml:"name"`
	Interval string `yaml:"interval,omitempty"`
	Rules    []Rule `yaml:"rules"`
}

type document struct {
	Groups []Group `yaml:"groups"`
}

// Write gives the text of a file of groups below a comment, which is one line or none.
func Write(comment string, groups ...Group) ([]byte, error) {
	var file bytes.Buffer
	if comment != "" {
		file.WriteString("# " + comment + "\n")
	}
	encoder := yaml.NewEncoder(&file)
	encoder.SetIndent(2)
	if err := encoder.Encode(document{groups}); err != nil {
		return nil, fmt.Errorf("write the rules: %w", err)
	}
	return file.Bytes(), nil
}

// Read gives the groups of a file's text.
func Read(text []byte) ([]Group, error) {
	var read document
	if err := yaml.Unmarshal(text, &read); err != nil {
		return nil, fmt.Errorf("read the rules: %w", err)
	}
	return read.Groups, nil
}
