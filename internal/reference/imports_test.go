package reference_test

import (
	"os/exec"
	"strings"
	"testing"
)

// A reference implementation that shares code with what it checks would share its mistakes.
func TestImportsNothingOfTheExporter(t *testing.T) {
	listed, err := exec.CommandContext(t.Context(), "go", "list", "-deps", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	var own []string
	for dependency := range strings.FieldsSeq(string(listed)) {
		if strings.HasPrefix(dependency, "childrens-services-exporter/") {
			own = append(own, dependency)
		}
		if first, _, _ := strings.Cut(dependency, "/"); strings.Contains(first, ".") {
			t.Errorf("the reference implementation depends on %s; the standard library is enough", dependency)
		}
	}
	if len(own) != 1 || own[0] != "childrens-services-exporter/internal/reference" {
		t.Errorf("the reference implementation depends on %v; it may share nothing with the exporter", own)
	}
}
