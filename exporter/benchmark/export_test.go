package benchmark

import "testing"

// Measures lists the published measures of the mapping.
func Measures(t *testing.T) []string {
	t.Helper()
	mappings, err := readMappings(shipped)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	var measures []string
	for _, entry := range mappings {
		for _, measure := range entry.Measures {
			if !seen[measure] {
				measures = append(measures, measure)
			}
			seen[measure] = true
		}
	}
	return measures
}
