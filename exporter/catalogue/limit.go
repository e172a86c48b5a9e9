package catalogue

import (
	"fmt"
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
	Unit  string // working_day, day, week, month, year, case
	Title string
	Law   string
}

type limitFile map[string]struct {
	Value int    `yaml:"value"`
	Unit  string `yaml:"unit"`
	Title string `yaml:"title"`
	Law   string `yaml:"law"`
}

func (l Limit) sql() string { return strconv.Itoa(l.Value) }

func loadLimits(fsys fs.FS, file string, limits map[string]Limit) error {
	var read limitFile
	if err := decodeFile(fsys, file, &read); err != nil {
		return err
	}
	units := []string{"working_day", "day", "week", "month", "year", "case"}
	for name, limit := range read {
		switch {
		case !plainName.MatchString(name):
			return fmt.Errorf("%s: limit %q: use lower case letters, digits and _", file, name)
		case !slices.Contains(units, limit.Unit):
			return fmt.Errorf("%s: limit %s: unit must be one of %s", file, name, strings.Join(units, ", "))
		case limit.Title == "" || limit.Law == "":
			return fmt.Errorf("%s: limit %s: title and law are needed", file, name)
		case limit.Value < 0:
			return fmt.Errorf("%s: limit %s: value must not be negative", file, name)
		}
		limits[name] = Limit{Name: name, Value: limit.Value, Unit: limit.Unit, Title: limit.Title, Law: limit.Law}
	}
	return nil
}

// limitsRelation is the one-row relation in which a cohort finds every limit.
func limitsRelation(limits map[string]Limit) string {
	names := make([]string, 0, len(limits))
	for name := range limits {
		names = append(names, name)
	}
	slices.Sort(names)
	columns := make([]string, 0, len(names))
	for _, name := range names {
		columns = append(columns, limits[name].sql()+" as "+name)
	}
	return "limits as (\n    select " + strings.Join(columns, ",\n           ") + "\n)"
}
