package catalogue

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
)

var (
	plainName  = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	lineNumber = regexp.MustCompile(`^(?:yaml: )?line (\d+): (.*)$`)
	goType     = regexp.MustCompile(` (?:in|into) type [^ ]+$`)
)

// located is a scalar of a definition together with its line, so that an error
// found long after reading can still point at it.
type located struct {
	text string
	line int
}

// UnmarshalYAML keeps the scalar's text as written and its line.
func (l *located) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind != yaml.ScalarNode {
		return fmt.Errorf("line %d: expected one value, not a list or a map", node.Line)
	}
	l.text, l.line = strings.TrimSpace(node.Value), node.Line
	return nil
}

// decodeFile reads one YAML file strictly: an unknown key, a second document or
// a wrong type is an error that names file and line.
func decodeFile(fsys fs.FS, file string, into any) error {
	text, err := fs.ReadFile(fsys, file)
	if err != nil {
		return fmt.Errorf("%s: cannot be read: %w", file, err)
	}
	return decodeText(file, text, into)
}

func decodeText(file string, text []byte, into any) error {
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(into); err != nil {
		if errors.Is(err, io.EOF) {
			return fmt.Errorf("%s: is empty", file)
		}
		return fmt.Errorf("%s", pointAt(file, err))
	}
	if err := decoder.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return fmt.Errorf("%s: holds more than one document; keep one", file)
	}
	return nil
}

// pointAt turns the parser's first complaint into file:line: what is wrong.
func pointAt(file string, err error) string {
	message := err.Error()
	var wrong *yaml.TypeError
	if errors.As(err, &wrong) {
		message = wrong.Errors[0]
	}
	message = goType.ReplaceAllString(message, "")
	if found := lineNumber.FindStringSubmatch(message); found != nil {
		complaint := strings.Replace(found[2], "field ", "unknown key ", 1)
		complaint = strings.TrimSuffix(complaint, " not found")
		return fmt.Sprintf("%s:%s: %s", file, found[1], complaint)
	}
	return file + ": " + strings.TrimPrefix(message, "yaml: ")
}
