// Package config reads the environment and the settings file of the program, both
// strictly.
package config

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"time"

	"go.yaml.in/yaml/v3"

	"childrens-services-exporter/exporter/config/strictyaml"
)

// Settings is the settings file of a council (CSE_SETTINGS_FILE): its limits,
// references, codes, teams, databases and calendar. The zero value is a council that
// changed nothing.
type Settings struct {
	Authority   Authority                      `yaml:"authority"`
	Limits      LimitValues                    `yaml:"limits"`
	Populations Populations                    `yaml:"populations"`
	References  map[string]string              `yaml:"references"`
	Codes       map[string]map[string][]string `yaml:"codes"`
	Teams       map[string]string              `yaml:"teams"`
	Sources     map[string]SourceSettings      `yaml:"sources"`
	Calendar    CalendarSettings               `yaml:"calendar"`
	// Targets and Meetings are decoded by package rag: an entry with a mistake is left
	// out, the others count.
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

	laCodeLine int
}

// UnmarshalYAML reads the line of the code too, for the later check against the
// authorities of the benchmarks.
func (a *Authority) UnmarshalYAML(node *yaml.Node) error {
	type plain Authority
	if err := node.Decode((*plain)(a)); err != nil {
		return err
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		switch key := node.Content[i]; key.Value {
		case "la_code":
			a.laCodeLine = key.Line
		case "name", "region", "ons_code":
		default:
			return fmt.Errorf("line %d: field %s not found in type authority", key.Line, key.Value)
		}
	}
	return nil
}

// SourceSettings is the schema, table prefix and kind of timestamps of a database.
type SourceSettings struct {
	Schema string `yaml:"schema"`
	Prefix string `yaml:"prefix"`
	// Timestamps without a zone are local time, or utc.
	Timestamps string `yaml:"timestamps"`
	// Staging maps a staging relation to a file with the council's own SELECT.
	Staging map[string]string `yaml:"staging"`
	// Refreshed is a SELECT that gives the time of the last whole refresh: the source's
	// own sign of completeness.
	Refreshed string `yaml:"refreshed"`
	// RefreshHours are the hours of the day, as in 01:00-05:30, in which nothing is read.
	RefreshHours DayHours `yaml:"refresh_hours"`
}

// LimitValues holds the limits that a council sets differently, by name.
type LimitValues map[string]int

// UnmarshalYAML reads whole numbers only.
func (l *LimitValues) UnmarshalYAML(node *yaml.Node) error {
	var values map[string]strictyaml.WholeNumber
	if err := node.Decode(&values); err != nil {
		return err
	}
	*l = LimitValues{}
	for name, value := range values {
		(*l)[name] = int(value)
	}
	return nil
}

// Populations holds the mid-year estimates of a rate's population, by name (children:
// 0 to 17) and year.
type Populations map[string]map[int]float64

// UnmarshalYAML reads finite numbers only.
func (p *Populations) UnmarshalYAML(node *yaml.Node) error {
	var values map[string]map[int]strictyaml.Number
	if err := node.Decode(&values); err != nil {
		return err
	}
	*p = Populations{}
	for name, years := range values {
		(*p)[name] = map[int]float64{}
		for year, value := range years {
			(*p)[name][year] = float64(value)
		}
	}
	return nil
}

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

// ReadSettings reads the council's settings file (CSE_SETTINGS_FILE) strictly. Errors
// name file and line.
func ReadSettings(file string) (Settings, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return Settings{}, fmt.Errorf("%s: cannot be read; check CSE_SETTINGS_FILE", file)
	}
	settings := Settings{file: file}
	if err := strictyaml.Decode(file, text, &settings); err != nil {
		return Settings{}, err
	}
	for _, source := range slices.Sorted(maps.Keys(settings.Sources)) {
		database := settings.Sources[source]
		if source != "social_care" && source != "education" {
			return Settings{}, fmt.Errorf("%s: sources: %q is not a source; there are social_care and education", file, source)
		}
		if database.Timestamps != "" && database.Timestamps != "local" && database.Timestamps != "utc" {
			return Settings{}, fmt.Errorf("%s: sources: %s: timestamps must be local or utc", file, source)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(settings.Populations)) {
		years := settings.Populations[name]
		for _, year := range slices.Sorted(maps.Keys(years)) {
			if years[year] <= 0 {
				return Settings{}, fmt.Errorf("%s: populations: %s: %d: must be more than 0", file, name, year)
			}
		}
	}
	return settings, nil
}

// Errorf is an error of the settings file as a whole.
func (s Settings) Errorf(format string, arguments ...any) error {
	return fmt.Errorf("%s: "+format, append([]any{s.file}, arguments...)...)
}

// At is a line of the settings file.
func (s Settings) At(line int) string { return fmt.Sprintf("%s:%d", s.file, line) }

// AtLACode is the file and line of the authority's code.
func (s Settings) AtLACode() string { return s.At(s.Authority.laCodeLine) }
