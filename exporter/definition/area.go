package definition

import (
	"strconv"
	"strings"
)

// ownArea is the relation in which a cohort finds the codes of the council, none
// where the settings give none.
func (a Authority) ownArea() string {
	var codes []string
	if a.LACode != 0 {
		codes = append(codes, strconv.Itoa(a.LACode))
	}
	if a.ONSCode != "" {
		codes = append(codes, a.ONSCode)
	}
	return "own_area as (\n    select la_code from unnest(array[" + quotedList(codes) + "]::text[]) as own (la_code)\n)"
}

func quotedList(words []string) string {
	quoted := make([]string, len(words))
	for i, word := range words {
		quoted[i] = "'" + strings.ReplaceAll(word, "'", "''") + "'"
	}
	return strings.Join(quoted, ", ")
}
