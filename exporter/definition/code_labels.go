package definition

import (
	_ "embed"

	"go.yaml.in/yaml/v3"
)

//go:embed code_labels.yaml
var codeLabelsYAML []byte

// CodeLabels maps the codes of the national returns, by the label of a breakdown and
// the code, to names short enough for a screen. A code without a name is its own label.
func CodeLabels() map[string]map[string]string {
	var labels map[string]map[string]string
	if err := yaml.Unmarshal(codeLabelsYAML, &labels); err != nil {
		panic(err) // an embedded file, read by a test
	}
	return labels
}
