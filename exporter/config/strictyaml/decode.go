// Package strictyaml decodes YAML strictly: an unknown key, a key without a value, a
// second document or a wrong type is an error that names file and line.
package strictyaml

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Scalar is a scalar with its line, so that a later check can name the line too.
type Scalar struct {
	Text string
	Line int
}

// UnmarshalYAML reads the scalar's text as written and its line.
func (s *Scalar) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind != yaml.ScalarNode {
		return fmt.Errorf("line %d: expected one value, found a list or a map", node.Line)
	}
	s.Text, s.Line = strings.TrimSpace(node.Value), node.Line
	return nil
}

// WholeNumber is a whole number. The YAML library would cut 3.5 down to 3.
type WholeNumber int

// UnmarshalYAML refuses anything but digits.
func (w *WholeNumber) UnmarshalYAML(node *yaml.Node) error {
	number, err := strconv.Atoi(node.Value)
	if err != nil || node.Kind != yaml.ScalarNode {
		return fmt.Errorf("line %d: expected a whole number, found %q", node.Line, node.Value)
	}
	*w = WholeNumber(number)
	return nil
}

// DecodeFile decodes one YAML file of a file system.
func DecodeFile(fsys fs.FS, file string, into any) error {
	text, err := fs.ReadFile(fsys, file)
	if err != nil {
		return fmt.Errorf("%s: cannot be read: %w", file, err)
	}
	return Decode(file, text, into)
}

// Decode decodes the text of a file. The name is for the errors.
func Decode(file string, text []byte, into any) error {
	var document yaml.Node
	if err := yaml.Unmarshal(text, &document); err != nil {
		return yamlErrorAt(file, err)
	}
	if document.IsZero() {
		return fmt.Errorf("%s: is empty", file)
	}
	if err := rejectNulls(&document); err != nil {
		return yamlErrorAt(file, err)
	}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(into); err != nil {
		return yamlErrorAt(file, err)
	}
	if err := decoder.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return fmt.Errorf("%s: holds more than one document; keep one", file)
	}
	return nil
}

// rejectNulls refuses a key or an entry without a value, of which YAML would make a
// limit of 0.
func rejectNulls(node *yaml.Node) error {
	for i, child := range node.Content {
		if child.Kind == yaml.ScalarNode && child.Tag == "!!null" {
			if node.Kind == yaml.MappingNode && i%2 == 1 {
				return fmt.Errorf("line %d: key %s has no value; give one or take the key out", child.Line, node.Content[i-1].Value)
			}
			return fmt.Errorf("line %d: an entry is blank; fill it or take it out", child.Line)
		}
		if err := rejectNulls(child); err != nil {
			return err
		}
	}
	return nil
}
