package definition

import (
	"io/fs"
	"slices"
	"strconv"
	"strings"
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
	Value located `yaml:"value"`
	Unit  located `yaml:"unit"`
	Title string  `yaml:"title"`
	Law   string  `yaml:"law"`
}

func (l Limit) sql() string { return strconv.Itoa(l.Value) }

// loadLimits adds the limits of one file. Limits are those of the same layer of
// definitions, within which each name stands once.
func loadLimits(fsys fs.FS, file string, limits map[string]Limit) error {
	var read map[string]limitFile
	if err := decodeFile(fsys, file, &read); err != nil {
		return err
	}
	units := []string{"working_day", "day", "week", "month", "year", "hour", "mile", "case", "percent"}
	for _, name := range sortedNames(read) {
		limit := read[name]
		value, err := strconv.Atoi(limit.Value.text)
		switch _, twice := limits[name]; {
		case !plainName.MatchString(name):
			return pointed(file, limit.Unit.line, "limit %q: use lower case letters, digits and _", name)
		case twice:
			return pointed(file, limit.Unit.line, "limit %s stands in another limits.yaml too; keep one", name)
		case err != nil || value < 0:
			return pointed(file, lineOf(limit.Value, limit.Unit), "limit %s: value must be a whole number, 0 or more", name)
		case !slices.Contains(units, limit.Unit.text):
			return pointed(file, limit.Unit.line, "limit %s: unit must be one of %s", name, strings.Join(units, ", "))
		case limit.Title == "" || limit.Law == "":
			return pointed(file, limit.Unit.line, "limit %s: title and law are needed", name)
		}
		limits[name] = Limit{Name: name, Value: value, Unit: limit.Unit.text, Title: limit.Title, Law: limit.Law}
	}
	return nil
}

// limitsRelation is the one-row relation in which a cohort finds every limit.
func limitsRelation(limits map[string]Limit) string {
	columns := make([]string, 0, len(limits))
	for _, name := range sortedNames(limits) {
		columns = append(columns, limits[name].sql()+" as "+name)
	}
	return "limits as (\n    select " + strings.Join(columns, ",\n           ") + "\n)"
}
