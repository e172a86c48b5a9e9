package strictyaml_test

import (
	"testing"

	"childrens-services-exporter/exporter/config/strictyaml"
)

func TestDecodeRefusesWithFileAndLine(t *testing.T) {
	for text, want := range map[string]string{
		"name: a\nnumbers: 3\n":    "a.yaml:2: unknown key numbers",
		"name: a\nnumber:\n":       "a.yaml:2: key number has no value; give one or take the key out",
		"name: a\nnumber: 3.5\n":   `a.yaml:2: expected a whole number, found "3.5"`,
		"name: [a]\n":              "a.yaml:1: expected one value, found a list or a map",
		"list: a\n":                `a.yaml:1: expected a list, found "a"`,
		"list: [a, ~]\n":           "a.yaml:1: an entry is blank; fill it or take it out",
		"# nothing\n":              "a.yaml: is empty",
		"name: a\n---\nname: b\n":  "a.yaml: holds more than one document; keep one",
		"name: a\nlist: [a\n":      "a.yaml:2: did not find expected ',' or ']'",
		"name: a\nname: b\n":       `a.yaml:2: mapping key "name" already defined at line 1`,
		"name: a\nflag: perhaps\n": `a.yaml:2: expected true or false, found "perhaps"`,
	} {
		var into struct {
			Name   strictyaml.Scalar      `yaml:"name"`
			Number strictyaml.WholeNumber `yaml:"number"`
			List   []string               `yaml:"list"`
			Flag   bool                   `yaml:"flag"`
		}
		if err := strictyaml.Decode("a.yaml", []byte(text), &into); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}
