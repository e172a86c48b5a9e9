package definition_test

import (
	"fmt"
	"testing"

	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition"
)

func TestEveryCodeLabelBelongsToABreakdownAndIsUnique(t *testing.T) {
	labels := map[string]bool{}
	for _, indicator := range load(t, config.Settings{}, definition.Embedded()).Indicators() {
		for _, family := range indicator.Families() {
			for _, label := range family.Labels {
				labels[label] = true
			}
		}
	}
	for label, codes := range definition.CodeLabels() {
		if !labels[label] {
			t.Errorf("nothing is split by %s", label)
		}
		// Two bars of one name would be one too few.
		seen := map[string]string{}
		for code, word := range codes {
			if other := seen[word]; other != "" || word == "" {
				t.Errorf("%s: %s and %s are both %q", label, code, other, word)
			}
			seen[word] = code
		}
	}
}

func ExampleCodeLabels() {
	fmt.Println(definition.CodeLabels()["category"]["NEG"])
	// Output: neglect
}
