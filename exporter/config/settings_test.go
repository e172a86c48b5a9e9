package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/config"
)

// settingsYAML uses every key.
const settingsYAML = `authority: {name: Wokingham, la_code: 872, region: South East}
limits:
  visit: 15
populations:
  children: {2025: 42000, 2026: 43000}
references:
  childrens_plans: M36
codes:
  abuse: {NEG: [neglected]}
teams: {"501": North}
sources:
  social_care: {schema: ssd, prefix: la_, timestamps: utc, staging: {cp_plan: own.sql}}
calendar:
  extra_bank_holidays: [2026-05-08]
  not_bank_holidays: [2026-12-28]
  terms: {autumn: 09-02, spring: 01-04, summer: 04-20}
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

func TestSettingsChangeTheCalendar(t *testing.T) {
	cal, err := readSettings(t, settingsYAML).NewCalendar()
	if err != nil {
		t.Fatal(err)
	}
	if cal.IsWorkingDay(calendar.Date(2026, time.May, 8)) {
		t.Error("the extra bank holiday is a working day")
	}
	if !cal.IsWorkingDay(calendar.Date(2026, time.December, 28)) {
		t.Error("the bank holiday that is none is no working day")
	}
	if got := cal.At(calendar.Term, calendar.Date(2026, time.April, 19)).Label; got != "2025/26 autumn" {
		t.Errorf("the last term before one that begins on 20 April: %s", got)
	}
}

func TestPopulationOnADay(t *testing.T) {
	populations := config.Populations{"children": {2024: 10, 2026: 30}}
	for day, want := range map[time.Time]float64{
		calendar.Date(2020, time.June, 1):       10,
		calendar.Date(2025, time.December, 31):  10,
		calendar.Date(2026, time.January, 1):    30,
		calendar.Date(2030, time.September, 30): 30,
	} {
		if got := populations.On("children", day); got != want {
			t.Errorf("%s: %v, want %v", day.Format(time.DateOnly), got, want)
		}
	}
	if got := populations.On("pupils", calendar.Date(2026, time.April, 15)); got != 0 {
		t.Errorf("a population that nobody gave is %v", got)
	}
}

func TestSettingsAreRefusedWithFileAndLine(t *testing.T) {
	tests := []struct{ name, old, by, want string }{
		{"unknown key", "limits:", "limit:", ":2: unknown key limit"},
		{"unknown key of a part", "region:", "area:", ":1: unknown key area"},
		{"limit of text", "visit: 15", "visit: ten", `:3: expected a whole number, found "ten"`},
		{"limit of a fraction", "visit: 15", "visit: 10.5", `:3: expected a whole number, found "10.5"`},
		{"blank limit", "visit: 15", "visit:", ":3: key visit has no value; give one or take the key out"},
		{"no map", "teams: {\"501\": North}", "teams: North", `:10: expected a map of keys and values, found "North"`},
		{"unknown source", "social_care:", "housing:", `: sources: "housing" is not a source; there are social_care and education`},
		{"timestamps", "utc", "gmt", ": sources: social_care: timestamps must be local or utc"},
		{"population without a bound", "2026: 43000", "2026: .inf", `:5: expected a number, found ".inf"`},
		{"population that is not a number", "2026: 43000", "2026: .nan", `:5: expected a number, found ".nan"`},
		{"population of nobody", "2026: 43000", "2026: 0", ": populations: children: 2026: must be more than 0"},
		{"bad date", "2026-05-08", "8 May", `: calendar: extra_bank_holidays: "8 May" is not a date such as 2026-05-08`},
		{"date that does not exist", "2026-12-28", "2026-02-30", `: calendar: not_bank_holidays: "2026-02-30" is not a date such as 2026-05-08`},
		{"bad term", "09-02", "September", `: calendar: terms: autumn: "September" is not a day such as 09-01`},
		{"holiday at a weekend", "2026-05-08", "2026-05-09", ": calendar: extra bank holiday 1: 2026-05-09 is a Saturday, no working day in any case: give the weekday kept in its place"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if strings.Count(settingsYAML, test.old) != 1 {
				t.Fatalf("%q is in the settings %d times", test.old, strings.Count(settingsYAML, test.old))
			}
			file := settingsFile(t, strings.Replace(settingsYAML, test.old, test.by, 1))
			settings, err := config.ReadSettings(file)
			if err == nil {
				_, err = settings.NewCalendar()
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

func TestSettingsFileThatIsNotThere(t *testing.T) {
	_, err := config.ReadSettings("/nowhere/settings.yaml")
	if err == nil || err.Error() != "/nowhere/settings.yaml: cannot be read; check CSE_SETTINGS_FILE" {
		t.Errorf("got %v", err)
	}
}
