// Package rulefile writes and reads the rule files of Prometheus.
//
// It has types of its own because Prometheus's model/rulefmt imports the query engine, and with it Kubernetes' client and
// OpenTelemetry: 25 modules in go.mod for the form of a file.
package rulefile

import (
	"bytes"
	"fmt"

	"github.com/prometheus/prometheus/promql/parser"
	"go.yaml.in/yaml/v3"
)

// Rule is an alerting or a recording rule.
type Rule struct {
	Record      string            `yaml:"record,omitempty"`
	Alert       string            `yaml:"alert,omitempty"`
	Expr        string            `yaml:"expr"`
	For         string            `yaml:"for,omitempty"`
	Labels      map[string]string `yaml:"labels,omitempty"`
	Annotations map[string]string `yaml:"annotations,omitempty"`
}

// Group is a rule group: Prometheus evaluates its rules one after the other.
type Group struct {
	Name     string `yaml:"name"`
	Interval string `yaml:"interval,omitempty"`
	Rules    []Rule `yaml:"rules"`
}

type document struct {
	Groups []Group `yaml:"groups"`
}

// Write gives the text of a rule file with a comment of one line, or none, at its head. A rule whose expression is not
// PromQL is an error.
func Write(comment string, groups ...Group) ([]byte, error) {
	promql := parser.NewParser(parser.Options{})
	for _, group := range groups {
		for _, rule := range group.Rules {
			if _, err := promql.ParseExpr(rule.Expr); err != nil {
				return nil, fmt.Errorf("rule %s%s of group %s: %w", rule.Record, rule.Alert, group.Name, err)
			}
		}
	}
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

// Read gives the groups of a rule file's text.
func Read(text []byte) ([]Group, error) {
	var read document
	if err := yaml.Unmarshal(text, &read); err != nil {
		return nil, fmt.Errorf("read the rules: %w", err)
	}
	return read.Groups, nil
}
