package strictyaml

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

var (
	lineMessage  = regexp.MustCompile(`^(?:yaml: )?(?:unmarshal errors: )?line (\d+): (.*)$`)
	unknownKey   = regexp.MustCompile(`^field (.+) not found in type .*$`)
	syntaxError  = regexp.MustCompile(`^did not find expected (node content|key|'-' indicator|',' or|<document start>)`)
	typeMismatch = regexp.MustCompile("^cannot unmarshal (\\S+)(?: `(.*)`)? into (.+)$")
)

// ErrorAt is an error at a line of a file. Line 0 is none: what is missing has no
// line.
func ErrorAt(file string, line int, format string, arguments ...any) error {
	message := fmt.Sprintf(format, arguments...)
	if line == 0 {
		return fmt.Errorf("%s: %s", file, message)
	}
	return fmt.Errorf("%s:%d: %s", file, line, message)
}

// yamlErrorAt turns the YAML library's first error into file:line and a text without
// Go's types.
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
