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
	identifierPattern = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	lineMessage       = regexp.MustCompile(`^(?:yaml: )?(?:unmarshal errors: )?line (\d+): (.*)$`)
	unknownKey        = regexp.MustCompile(`^field (.+) not found in type .*$`)
	syntaxError       = regexp.MustCompile(`^did not find expected (node content|key|'-' indicator|',' or|<document start>)`)
	typeMismatch      = regexp.MustCompile("^cannot unmarshal (\\S+)(?: `(.*)`)? into (.+)$")
)

// Scalar is a scalar of a definition together with its line, so that an error
// found long after reading can still point at it.
type Scalar struct {
	Text string
	Line int
}

// UnmarshalYAML keeps the scalar's text as written and its line.
func (l *Scalar) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind != yaml.ScalarNode {
		return fmt.Errorf("line %d: expected one value, found a list or a map", node.Line)
	}
	l.Text, l.Line = strings.TrimSpace(node.Value), node.Line
	return nil
}

// WholeNumber is a whole number. YAML's own reader would cut 3.5 down to 3.
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

// DecodeFile reads one YAML file strictly: an unknown key, a key without a
// value, a second document or a wrong type is an error that names file and line.
func DecodeFile(fsys fs.FS, file string, into any) error {
	text, err := fs.ReadFile(fsys, file)
	if err != nil {
		return fmt.Errorf("%s: cannot be read: %w", file, err)
	}
	return Decode(file, text, into)
}

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

// rejectNulls refuses a key or an entry that was left blank: YAML would make a
// limit of 0 out of it.
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

// ErrorAt is an error at a line of a file, or at the file alone where the line
// is not known because what is missing stands nowhere.
func ErrorAt(file string, line int, format string, arguments ...any) error {
	message := fmt.Sprintf(format, arguments...)
	if line == 0 {
		return fmt.Errorf("%s: %s", file, message)
	}
	return fmt.Errorf("%s:%d: %s", file, line, message)
}

// yamlErrorAt turns the parser's first complaint into file:line: what is wrong, in
// the words of somebody who writes YAML, not Go.
func yamlErrorAt(file string, err error) error {
	message := err.Error()
	if typeError, ok := errors.AsType[*yaml.TypeError](err); ok {
		message = typeError.Errors[0]
	}
	match := lineMessage.FindStringSubmatch(message)
	if match == nil {
		return fmt.Errorf("%s: %s", file, strings.TrimPrefix(message, "yaml: "))
	}
	line, reason := match[1], match[2]
	if syntaxError.MatchString(reason) {
		// The library counts these lines from 0.
		if n, err := strconv.Atoi(line); err == nil {
			line = strconv.Itoa(n + 1)
		}
	}
	if key := unknownKey.FindStringSubmatch(reason); key != nil {
		reason = "unknown key " + key[1]
	}
	if types := typeMismatch.FindStringSubmatch(reason); types != nil {
		reason = "expected " + expectedForm(types[3]) + ", found " + actualForm(types[1], types[2])
	}
	return fmt.Errorf("%s:%s: %s", file, line, reason)
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

func actualForm(tag, text string) string {
	switch tag {
	case "!!map":
		return "a map"
	case "!!seq":
		return "a list"
	default:
		return fmt.Sprintf("%q", text)
	}
}
