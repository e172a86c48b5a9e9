package definition

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

var (
	plainName  = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	lineNumber = regexp.MustCompile(`^(?:yaml: )?(?:unmarshal errors: )?line (\d+): (.*)$`)
	unknownKey = regexp.MustCompile(`^field (.+) not found in type .*$`)
	misparsed  = regexp.MustCompile(`^did not find expected (node content|key|'-' indicator|',' or|<document start>)`)
	wrongType  = regexp.MustCompile("^cannot unmarshal (\\S+)(?: `(.*)`)? into (.+)$")
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
		return fmt.Errorf("line %d: expected one value, found a list or a map", node.Line)
	}
	l.text, l.line = strings.TrimSpace(node.Value), node.Line
	return nil
}

// whole is a whole number. YAML's own reader would cut 3.5 down to 3.
type whole int

// UnmarshalYAML refuses anything but digits.
func (w *whole) UnmarshalYAML(node *yaml.Node) error {
	number, err := strconv.Atoi(node.Value)
	if err != nil || node.Kind != yaml.ScalarNode {
		return fmt.Errorf("line %d: expected a whole number, found %q", node.Line, node.Value)
	}
	*w = whole(number)
	return nil
}

// decodeFile reads one YAML file strictly: an unknown key, a key without a
// value, a second document or a wrong type is an error that names file and line.
func decodeFile(fsys fs.FS, file string, into any) error {
	text, err := fs.ReadFile(fsys, file)
	if err != nil {
		return fmt.Errorf("%s: cannot be read: %w", file, err)
	}
	return decodeText(file, text, into)
}

func decodeText(file string, text []byte, into any) error {
	var document yaml.Node
	if err := yaml.Unmarshal(text, &document); err != nil {
		return pointAt(file, err)
	}
	if document.IsZero() {
		return fmt.Errorf("%s: is empty", file)
	}
	if err := withoutBlanks(&document); err != nil {
		return pointAt(file, err)
	}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(into); err != nil {
		return pointAt(file, err)
	}
	if err := decoder.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return fmt.Errorf("%s: holds more than one document; keep one", file)
	}
	return nil
}

// withoutBlanks refuses a key or an entry that was left blank: YAML would make a
// limit of 0 out of it.
func withoutBlanks(node *yaml.Node) error {
	for i, child := range node.Content {
		if child.Kind == yaml.ScalarNode && child.Tag == "!!null" {
			if node.Kind == yaml.MappingNode && i%2 == 1 {
				return fmt.Errorf("line %d: key %s has no value; give one or take the key out", child.Line, node.Content[i-1].Value)
			}
			return fmt.Errorf("line %d: an entry is blank; fill it or take it out", child.Line)
		}
		if err := withoutBlanks(child); err != nil {
			return err
		}
	}
	return nil
}

// pointed is an error at a line of a file, or at the file alone where the line
// is not known because what is missing stands nowhere.
func pointed(file string, line int, format string, arguments ...any) error {
	what := fmt.Sprintf(format, arguments...)
	if line == 0 {
		return fmt.Errorf("%s: %s", file, what)
	}
	return fmt.Errorf("%s:%d: %s", file, line, what)
}

// pointAt turns the parser's first complaint into file:line: what is wrong, in
// the words of somebody who writes YAML, not Go.
func pointAt(file string, err error) error {
	message := err.Error()
	if wrong, ok := errors.AsType[*yaml.TypeError](err); ok {
		message = wrong.Errors[0]
	}
	found := lineNumber.FindStringSubmatch(message)
	if found == nil {
		return fmt.Errorf("%s: %s", file, strings.TrimPrefix(message, "yaml: "))
	}
	line, complaint := found[1], found[2]
	if misparsed.MatchString(complaint) {
		// The library counts these lines from 0.
		if n, err := strconv.Atoi(line); err == nil {
			line = strconv.Itoa(n + 1)
		}
	}
	if key := unknownKey.FindStringSubmatch(complaint); key != nil {
		complaint = "unknown key " + key[1]
	}
	if types := wrongType.FindStringSubmatch(complaint); types != nil {
		complaint = "expected " + expectedForm(types[3]) + ", found " + foundForm(types[1], types[2])
	}
	return fmt.Errorf("%s:%s: %s", file, line, complaint)
}

func expectedForm(goType string) string {
	switch {
	case goType == "int":
		return "a whole number"
	case goType == "float64":
		return "a number"
	case goType == "bool":
		return "true or false"
	case goType == "string":
		return "one text"
	case strings.HasPrefix(goType, "[]"):
		return "a list"
	default:
		return "a map of keys and values"
	}
}

func foundForm(tag, text string) string {
	switch tag {
	case "!!map":
		return "a map"
	case "!!seq":
		return "a list"
	default:
		return fmt.Sprintf("%q", text)
	}
}
