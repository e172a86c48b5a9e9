package definition

import "regexp"

// limitsOf lists, by name, the limits that an indicator is worked out with: those
// that its measure names, and those that its cohort's SQL does.
func limitsOf(indicator *Indicator, limits map[string]Limit) []Limit {
	measure := indicator.Measure
	texts := []string{indicator.Cohort.SQL, indicator.where.Text, measure.Of.Text, measure.Numerator.Text, measure.Denominator.Text}
	for _, band := range measure.Bands {
		texts = append(texts, band.When.Text)
	}
	named := map[string]bool{}
	for _, text := range texts {
		for _, found := range regexp.MustCompile(`\blimits?\.([a-z0-9_]+)`).FindAllStringSubmatch(text, -1) {
			named[found[1]] = true
		}
	}
	var used []Limit
	for _, name := range sortedNames(limits) {
		if named[name] {
			used = append(used, limits[name])
		}
	}
	return used
}
