package definition

import (
	"strconv"
	"strings"
)

// authorityArea is the relation of the council's own area codes; it has no row where
// the settings give none.
func (a Authority) authorityArea() string {
	var codes []string
	if a.LACode != 0 {
		codes = append(codes, strconv.Itoa(a.LACode))
	}
	if a.ONSCode != "" {
		codes = append(codes, a.ONSCode)
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
