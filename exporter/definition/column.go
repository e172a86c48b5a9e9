package definition

import (
	"fmt"

	"go.yaml.in/yaml/v3"
)

// columnList keeps the order in which a definition lists its columns: it is the
// order of the columns of records.
type columnList []Column

// UnmarshalYAML reads a map of column name to what the column holds.
func (l *columnList) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind != yaml.MappingNode {
		return fmt.Errorf("line %d: columns must be a map, name: what it holds", node.Line)
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		name, description := node.Content[i], node.Content[i+1]
		if !identifierPattern.MatchString(name.Value) {
			return fmt.Errorf("line %d: column %q: use lower case letters, digits and _", name.Line, name.Value)
		}
		if description.Kind != yaml.ScalarNode || description.Value == "" {
			return fmt.Errorf("line %d: column %s: describe in words what it holds", name.Line, name.Value)
		}
		for _, other := range *l {
			if other.Name == name.Value {
				return fmt.Errorf("line %d: column %q is listed twice", name.Line, name.Value)
			}
		}
		*l = append(*l, Column{Name: name.Value, Description: description.Value})
	}
	return nil
}
