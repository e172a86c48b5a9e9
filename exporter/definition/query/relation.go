package query

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition"
)

// limitsRelation is the one-row relation in which a cohort finds every limit.
func limitsRelation(limits map[string]definition.Limit) string {
	columns := make([]string, 0, len(limits))
	for _, name := range slices.Sorted(maps.Keys(limits)) {
		columns = append(columns, strconv.Itoa(limits[name].Value)+" as "+name)
	}
	return "limits as (\n    select " + strings.Join(columns, ",\n           ") + "\n)"
}

// authorityArea is the relation of the council's own area codes; it has no row where
// the settings give none.
func authorityArea(authority config.Authority) string {
	var codes []string
	if authority.LACode != 0 {
		codes = append(codes, strconv.Itoa(authority.LACode))
	}
	if authority.ONSCode != "" {
		codes = append(codes, authority.ONSCode)
	}
	return "authority_area as (\n    select la_code from unnest(array[" + quoteAll(codes) + "]::text[]) as area (la_code)\n)"
}

func quoteAll(texts []string) string {
	quoted := make([]string, len(texts))
	for i, word := range texts {
		quoted[i] = "'" + strings.ReplaceAll(word, "'", "''") + "'"
	}
	return strings.Join(quoted, ", ")
}
