package definition

import (
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"childrens-services-exporter/exporter/config/strictyaml"
)

// Limit is a span or a number that law, guidance or local procedure sets and a
// council may change in its settings: the 45 working days of an assessment.
type Limit struct {
	Name  string
	Value int
	Unit  string // working_day, day, week, month, year, hour, mile, case, percent
	Title string
	Law   string
}

type limitFile struct {
	Value strictyaml.Scalar `yaml:"value"`
	Unit  strictyaml.Scalar `yaml:"unit"`
	Title string            `yaml:"title"`
	Law   string            `yaml:"law"`
}

// loadLimits adds the limits of one file. Limits are those of the same layer of
// definitions, within which each name is unique.
func loadLimits(fsys fs.FS, file string, limits map[string]Limit) error {
	var entries map[string]limitFile
	if err := strictyaml.DecodeFile(fsys, file, &entries); err != nil {
		return err
	}
	units := []string{"working_day", "day", "week", "month", "year", "hour", "mile", "case", "percent"}
	for _, name := range slices.Sorted(maps.Keys(entries)) {
		limit := entries[name]
		value, err := strconv.Atoi(limit.Value.Text)
		switch _, duplicate := limits[name]; {
		case !identifierPattern.MatchString(name):
			return strictyaml.ErrorAt(file, limit.Unit.Line, "limit %q: use lower case letters, digits and _", name)
		case duplicate:
			return strictyaml.ErrorAt(file, limit.Unit.Line, "limit %s is in another limits.yaml too; keep one", name)
		case err != nil || value < 0:
			return strictyaml.ErrorAt(file, lineOf(limit.Value, limit.Unit), "limit %s: value must be a whole number, 0 or more", name)
		case !slices.Contains(units, limit.Unit.Text):
			return strictyaml.ErrorAt(file, limit.Unit.Line, "limit %s: unit must be one of %s", name, strings.Join(units, ", "))
		case limit.Title == "" || limit.Law == "":
			return strictyaml.ErrorAt(file, limit.Unit.Line, "limit %s: title and law are needed", name)
		}
		limits[name] = Limit{Name: name, Value: value, Unit: limit.Unit.Text, Title: limit.Title, Law: limit.Law}
	}
	return nil
}

// usedLimits lists the limits that an indicator's measure or its cohort's SQL names,
// sorted by name.
func usedLimits(indicator *Indicator, limits map[string]Limit) []Limit {
	measure := indicator.Measure
	texts := []string{indicator.Cohort.SQL, indicator.Filter.Text, measure.Of.Text, measure.Numerator.Text, measure.Denominator.Text}
	for _, band := range measure.Bands {
		texts = append(texts, band.When.Text)
	}
	names := map[string]bool{}
	for _, text := range texts {
		for _, match := range regexp.MustCompile(`\blimits?\.([a-z0-9_]+)`).FindAllStringSubmatch(text, -1) {
			names[match[1]] = true
		}
	}
	var used []Limit
	for _, name := range slices.Sorted(maps.Keys(limits)) {
		if names[name] {
			used = append(used, limits[name])
		}
	}
	return used
}
