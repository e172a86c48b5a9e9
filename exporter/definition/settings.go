package definition

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"childrens-services-exporter/exporter/calendar"
)

// Settings is the council's own file: everything about the numbers that is
// local. The zero value is a council that changed nothing.
type Settings struct {
	Authority   Authority                      `yaml:"authority"`
	Limits      LimitValues                    `yaml:"limits"`
	Populations Populations                    `yaml:"populations"`
	References  map[string]string              `yaml:"references"`
	Codes       map[string]map[string][]string `yaml:"codes"`
	Teams       map[string]string              `yaml:"teams"`
	Sources     map[string]SourceSettings      `yaml:"sources"`
	Calendar    CalendarSettings               `yaml:"calendar"`
	// Targets and Meetings are read by the scorecard, entry by entry.
	Targets  yaml.Node `yaml:"targets"`
	Meetings yaml.Node `yaml:"meetings"`

	file string
}

// Authority names the council.
type Authority struct {
	Name   string `yaml:"name"`
	LACode int    `yaml:"la_code"`
	Region string `yaml:"region"`
	// ONSCode is the council in lists of postcodes, as in E06000041.
	ONSCode string `yaml:"ons_code"`

	line int // of the code
}

// UnmarshalYAML keeps the line of the code: whether an authority has it is known
// to the benchmarks alone.
func (a *Authority) UnmarshalYAML(node *yaml.Node) error {
	type plain Authority
	if err := node.Decode((*plain)(a)); err != nil {
		return err
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		switch key := node.Content[i]; key.Value {
		case "la_code":
			a.line = key.Line
		case "name", "region", "ons_code":
		default:
			return fmt.Errorf("line %d: field %s not found in type authority", key.Line, key.Value)
		}
	}
	return nil
}

// SourceSettings tells where and how a database keeps its tables.
type SourceSettings struct {
	Schema string `yaml:"schema"`
	Prefix string `yaml:"prefix"`
	// Timestamps without a zone are local time, or utc.
	Timestamps string `yaml:"timestamps"`
	// Staging maps a staging relation to a file with the council's own SELECT.
	Staging map[string]string `yaml:"staging"`
}

// CalendarSettings changes working days and school terms.
type CalendarSettings struct {
	ExtraBankHolidays []string          `yaml:"extra_bank_holidays"`
	NotBankHolidays   []string          `yaml:"not_bank_holidays"`
	Terms             map[string]string `yaml:"terms"` // name: MM-DD it begins
}

// LimitValues gives the limits that a council sets differently, by name.
type LimitValues map[string]int

// UnmarshalYAML reads whole numbers only.
func (l *LimitValues) UnmarshalYAML(node *yaml.Node) error {
	var values map[string]WholeNumber
	if err := node.Decode(&values); err != nil {
		return err
	}
	*l = LimitValues{}
	for name, value := range values {
		(*l)[name] = int(value)
	}
	return nil
}

// Populations gives, by name (children: 0 to 17), the mid-year estimates a rate
// is taken on.
type Populations map[string]map[int]float64

// On is the latest estimate for a year that has begun by the day, or the
// earliest one for a day before all of them; 0 where there is none.
func (p Populations) On(name string, day time.Time) float64 {
	value := 0.0
	for i, year := range slices.Sorted(maps.Keys(p[name])) {
		if i == 0 || year <= day.Year() {
			value = p[name][year]
		}
	}
	return value
}

// ReadSettings reads the settings file strictly. Errors name file and line.
func ReadSettings(file string) (Settings, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return Settings{}, fmt.Errorf("%s: cannot be read; check CSE_SETTINGS_FILE", file)
	}
	settings := Settings{file: file}
	if err := Decode(file, text, &settings); err != nil {
		return Settings{}, err
	}
	for _, source := range sortedNames(settings.Sources) {
		database := settings.Sources[source]
		if source != "social_care" && source != "education" {
			return Settings{}, fmt.Errorf("%s: sources: %q is not a source; there are social_care and education", file, source)
		}
		if database.Timestamps != "" && database.Timestamps != "local" && database.Timestamps != "utc" {
			return Settings{}, fmt.Errorf("%s: sources: %s: timestamps must be local or utc", file, source)
		}
	}
	for _, name := range sortedNames(settings.Populations) {
		years := settings.Populations[name]
		for _, year := range slices.Sorted(maps.Keys(years)) {
			if !(years[year] > 0) { // also refuses .nan
				return Settings{}, fmt.Errorf("%s: populations: %s: %d: must be more than 0", file, name, year)
			}
		}
	}
	return settings, nil
}

// At is a line of the settings file.
func (s Settings) At(line int) string { return fmt.Sprintf("%s:%d", s.file, line) }

// AtLACode is the file and line of the authority's code.
func (s Settings) AtLACode() string { return s.At(s.Authority.line) }

func (s Settings) applyLimits(limits map[string]Limit) error {
	for _, name := range sortedNames(s.Limits) {
		value := s.Limits[name]
		limit, exists := limits[name]
		if !exists {
			return fmt.Errorf("%s: limits: %q is not a limit; there are %s", s.file, name, strings.Join(sortedNames(limits), ", "))
		}
		if value < 0 {
			return fmt.Errorf("%s: limits: %s must not be negative", s.file, name)
		}
		limit.Value = value
		limits[name] = limit
	}
	return nil
}

// sortedNames puts a map's keys in order, so that of two mistakes the same one is
// named every time.
func sortedNames[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// checkNames refuses a name that no indicator knows: a reference would show
// nowhere, and a misspelt population would make its rates vanish.
func (s Settings) checkNames(c *Catalogue) error {
	for _, name := range sortedNames(s.References) {
		if _, err := c.Indicator(name); err != nil {
			return fmt.Errorf("%s: references: %w", s.file, err)
		}
	}
	names := map[string]bool{}
	for _, indicator := range c.Indicators() {
		if indicator.Measure.Population != "" {
			names[indicator.Measure.Population] = true
		}
	}
	for _, name := range sortedNames(s.Populations) {
		if !names[name] {
			return fmt.Errorf("%s: populations: no rate is taken on %q; there are %s", s.file, name, strings.Join(sortedNames(names), ", "))
		}
	}
	return nil
}

// Reference is the council's own short name of an indicator, or its id.
func (s Settings) Reference(indicator *Indicator) string {
	if own := s.References[indicator.Name]; own != "" {
		return own
	}
	return fmt.Sprint(indicator.ID)
}

// NewCalendar makes the calendar of working days and terms.
func (s Settings) NewCalendar() (*calendar.Calendar, error) {
	var options calendar.Options
	for _, list := range []struct {
		key  string
		days []string
		into *[]time.Time
	}{
		{"extra_bank_holidays", s.Calendar.ExtraBankHolidays, &options.ExtraBankHolidays},
		{"not_bank_holidays", s.Calendar.NotBankHolidays, &options.NotBankHolidays},
	} {
		for _, text := range list.days {
			day, err := time.Parse(time.DateOnly, text)
			if err != nil {
				return nil, fmt.Errorf("%s: calendar: %s: %q is not a date such as 2026-05-08", s.file, list.key, text)
			}
			*list.into = append(*list.into, day)
		}
	}
	for _, name := range sortedNames(s.Calendar.Terms) {
		begins := s.Calendar.Terms[name]
		day, err := time.Parse("01-02", begins)
		if err != nil {
			return nil, fmt.Errorf("%s: calendar: terms: %s: %q is not a day such as 09-01", s.file, name, begins)
		}
		options.Terms = append(options.Terms, calendar.TermStart{Name: name, Month: day.Month(), Day: day.Day()})
	}
	// An academic year begins in August at the earliest.
	slices.SortFunc(options.Terms, func(a, b calendar.TermStart) int {
		return (int(a.Month)+4)%12*31 + a.Day - (int(b.Month)+4)%12*31 - b.Day
	})
	cal, err := calendar.New(options)
	if err != nil {
		return nil, fmt.Errorf("%s: calendar: %w", s.file, err)
	}
	return cal, nil
}
