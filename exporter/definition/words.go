package definition

import (
	_ "embed"

	"go.yaml.in/yaml/v3"
)

//go:embed words.yaml
var wordsOfCodes []byte

// CodeLabels says what the codes of the national returns mean, by the label of a
// breakdown and the code, in words that a screen has room for. A value that is not
// in it speaks for itself.
func CodeLabels() map[string]map[string]string {
	var words map[string]map[string]string
	if err := yaml.Unmarshal(wordsOfCodes, &words); err != nil {
		panic(err) // what is built in has been tested
	}
	return words
}
