package reportperiod_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/reportperiod"
)

// settingsFrom reads settings of which the tests know the file's name.
func settingsFrom(t *testing.T, text string) config.Settings {
	t.Helper()
	file := filepath.Join(t.TempDir(), "settings.yaml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	settings, err := config.ReadSettings(file)
	if err != nil {
		t.Fatal(err)
	}
	return settings
}

func TestMeetings(t *testing.T) {
	meetings, issues := reportperiod.ReadMeetings(settingsFrom(t, "meetings:\n  - 2026-09-15\n  - soon\n  - 2026-06-16\n"))
	if len(meetings) != 2 || !meetings[0].Equal(calendar.Date(2026, 6, 16)) || len(issues) != 1 ||
		!strings.HasSuffix(issues[0].Message, "settings.yaml:3: meetings: an entry is not a day such as 2026-06-16; the entry is left out") {
		t.Errorf("%v, %v", meetings, issues)
	}
}
