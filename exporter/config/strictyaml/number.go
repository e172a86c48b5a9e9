package strictyaml

import (
	"fmt"
	"math"
	"strconv"

	"go.yaml.in/yaml/v3"
)

// Number is a finite number of a setting. Both YAML and the environment would read nan and inf as numbers, and a limit
// that is not a number limits nothing: every comparison with it is false.
type Number float64

// ParseNumber reads a finite number.
func ParseNumber(text string) (float64, error) {
	number, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(number) || math.IsInf(number, 0) {
		return 0, fmt.Errorf("expected a number, found %q", text)
	}
	return number, nil
}

// UnmarshalYAML refuses anything but a finite number.
func (n *Number) UnmarshalYAML(node *yaml.Node) error {
	number, err := ParseNumber(node.Value)
	if node.Kind != yaml.ScalarNode {
		err = fmt.Errorf("expected a number, found a list or a map")
	}
	if err != nil {
		return fmt.Errorf("line %d: %w", node.Line, err)
	}
	*n = Number(number)
	return nil
}

// Decode reads an environment variable.
func (n *Number) Decode(text string) error {
	number, err := ParseNumber(text)
	*n = Number(number)
	return err
}

// Float gives the number, or nil where the setting is left out.
func (n *Number) Float() *float64 {
	if n == nil {
		return nil
	}
	return new(float64(*n))
}

// Between reports whether the number lies in a range, bounds included.
func (n Number) Between(lowest, highest float64) bool {
	return float64(n) >= lowest && float64(n) <= highest
}
