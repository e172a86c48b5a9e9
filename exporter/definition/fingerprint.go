package definition

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Fingerprint is a hash of what an indicator counts: the text of its cohort without
// comments and layout, its measure and condition, and the limits they name as
// they are by default. Wording, target and breakdowns are not part of it.
func (c *Catalogue) Fingerprint(indicator *Indicator) string {
	measure := indicator.Measure
	var content strings.Builder
	content.WriteString(strings.Join([]string{
		normaliseSQL(indicator.Cohort.SQL), indicator.Cohort.Source, indicator.Filter.SQL,
		string(measure.Kind), measure.Of.SQL, measure.Numerator.SQL, measure.Denominator.SQL,
		fmt.Sprint(measure.Numerator.Sum, measure.Denominator.Sum, measure.Per, measure.Population, measure.BandLabel),
	}, "\n"))
	for _, band := range measure.Bands {
		content.WriteString("\n" + band.Name + " " + band.When.SQL)
	}
	names := Identifiers(indicator.Cohort.SQL)
	for _, name := range slices.Sorted(maps.Keys(c.Limits)) {
		if _, used := names[name]; used {
			// An expression has its limit's value in it; the text of a cohort only names it.
			fmt.Fprintf(&content, "\n%s %d", name, c.Limits[name].Value)
		}
	}
	sum := sha256.Sum256([]byte(content.String()))
	return hex.EncodeToString(sum[:8])
}

var (
	lineComment = regexp.MustCompile(`(?m)--.*$`)
	whitespace  = regexp.MustCompile(`\s+`)
)

func normaliseSQL(sql string) string {
	return strings.TrimSpace(whitespace.ReplaceAllString(lineComment.ReplaceAllString(sql, ""), " "))
}
