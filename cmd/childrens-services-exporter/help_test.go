package main

import (
	"strings"
	"testing"

	"github.com/prometheus/common/version"
)

// printed runs a command line that must succeed without a configuration, even a
// broken one, and gives what it printed.
func printed(t *testing.T, line string) string {
	t.Helper()
	environment(t, map[string]string{"CSE_INTERVAL": "soon", "CSE_NO_SUCH_SETTING": "1"})
	var stdout, stderr strings.Builder
	if code := run(strings.Fields(line), &stdout, &stderr); code != 0 || stderr.Len() > 0 {
		t.Errorf("%s: exit code %d, %q", line, code, stderr.String())
	}
	return stdout.String()
}

func TestHelpListsEveryCommand(t *testing.T) {
	for _, line := range []string{"help", "-h", "-help", "--help"} {
		text := printed(t, line)
		for _, command := range commands() {
			if !strings.Contains(text, "\n  "+command.name+" ") || !strings.Contains(text, command.summary) {
				t.Errorf("%s does not list %s:\n%s", line, command.name, text)
			}
		}
	}
}

func TestHelpOfACommandNeedsNoConfiguration(t *testing.T) {
	for _, command := range commands() {
		text := printed(t, command.name+" -h")
		if !strings.HasPrefix(text, command.name) || !strings.Contains(text, command.summary) || strings.Contains(text, "Commands:") {
			t.Errorf("%s -h prints\n%s", command.name, text)
		}
		for _, line := range []string{command.name + " --help", "help " + command.name} {
			if other := printed(t, line); other != text {
				t.Errorf("%s prints\n%s\nand %s -h\n%s", line, other, command.name, text)
			}
		}
	}
	for _, line := range []string{"collect", "backfill", "report"} {
		if text := printed(t, "help "+line); strings.Count(text, "\n  -") < 3 {
			t.Errorf("help %s lists no flags:\n%s", line, text)
		}
	}
}

func TestHelpOfAnUnknownCommandIsOneLine(t *testing.T) {
	var stdout, stderr strings.Builder
	if code := run([]string{"help", "colect"}, &stdout, &stderr); code != exitUsage || stdout.Len() > 0 {
		t.Errorf("exit code %d, %q", code, stdout.String())
	}
	if want := "childrens-services-exporter: no command \"colect\"; childrens-services-exporter help lists them\n"; stderr.String() != want {
		t.Errorf("got %q", stderr.String())
	}
}

func TestVersionNeedsNoConfiguration(t *testing.T) {
	for _, line := range []string{"--version", "-version"} {
		if got, want := printed(t, line), version.Print("childrens-services-exporter")+"\n"; got != want {
			t.Errorf("%s prints %q, want %q", line, got, want)
		}
	}
}
