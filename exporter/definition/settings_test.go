package definition_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition"
)

// settingsYAML has the keys that change definitions.
const settingsYAML = `limits:
  visit: 15
populations:
  children: {2025: 42000, 2026: 43000}
references:
  childrens_plans: M36
`

func settingsFile(t *testing.T, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "settings.yaml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func readSettings(t *testing.T, text string) config.Settings {
	t.Helper()
	settings, err := config.ReadSettings(settingsFile(t, text))
	if err != nil {
		t.Fatal(err)
	}
	return settings
}

func TestSettingsChangeTheCatalogue(t *testing.T) {
	settings := readSettings(t, settingsYAML)
	definitions := plans(replaceOnce(t, plansYAML, "count: all", "rate: {of: all, per: 10000, population: children}"))
	catalogue := load(t, settings, definitions)
	if got := catalogue.Limits["visit"].Value; got != 15 {
		t.Errorf("limit %d", got)
	}
	if got := catalogue.Indicators()[0].Reference; got != "M36" {
		t.Errorf("reference %s", got)
	}
	if got := load(t, config.Settings{}, definitions).Indicators()[0].Reference; got != "1" {
		t.Errorf("reference of a council without its own: %s", got)
	}
}

func TestSettingsOfUnknownNamesAreRefused(t *testing.T) {
	tests := []struct{ name, old, by, want string }{
		{"unknown limit", "visit: 15", "visits: 15", `: limits: "visits" is not a limit; there are visit`},
		{"limit below 0", "visit: 15", "visit: -1", ": limits: visit must not be negative"},
		{"unknown indicator", "childrens_plans: M36", "childrens_plan: M36", `: references: no indicator "childrens_plan"; the command catalogue lists them`},
		{"unknown population", "children: {2025", "childen: {2025", `: populations: no rate is taken on "childen"; there are children`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			file := settingsFile(t, replaceOnce(t, settingsYAML, test.old, test.by))
			settings, err := config.ReadSettings(file)
			if err == nil {
				_, err = definition.Load(settings, plans(replaceOnce(t, plansYAML, "count: all", "rate: {of: all, per: 10000, population: children}")))
			}
			if err == nil {
				t.Fatal("accepted")
			}
			if got := strings.TrimPrefix(err.Error(), file); got != test.want {
				t.Errorf("\n got %s\nwant %s", got, test.want)
			}
		})
	}
}
