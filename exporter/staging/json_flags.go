package staging

import (
	"strings"

	"childrens-services-exporter/exporter/postgres"
)

// A case system writes outcomes and factors as JSON by hand: it may be cut off or invalid, and free text from the case stands
// beside the flags. Nothing is parsed: known keys and codes are looked for, and nothing else is ever read out of the text.

const flagLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"

// jsonFlag is true where any of the keys has the value yes, false where none has and one has the value no, else unknown. Only
// the first place of a key counts, before any comment; the key is cut out of the text before a pattern is matched, since a
// search of the whole text by pattern takes ten times as long.
func jsonFlag(keys []string, text string) string {
	var yes, no []string
	for _, key := range keys {
		behind := "split_part(" + text + ", " + postgres.QuoteLiteral(`"`+key+`"`) + ", 2)"
		yes = append(yes, behind+` ~* '^\s*:\s*"?\s*(y|yes|true|t|1)\M'`)
		no = append(no, behind+` ~* '^\s*:\s*"?\s*(n|no|false|f|0)\M'`)
	}
	return "case when " + strings.Join(yes, "\n                    or ") + " then true" +
		"\n                    when " + strings.Join(no, "\n                    or ") + " then false end"
}

// withoutJSONFlags is true of a text in which none of the keys stands.
func withoutJSONFlags(keys []string, text string) string {
	var none []string
	for _, key := range keys {
		none = append(none, "strpos("+text+", "+postgres.QuoteLiteral(`"`+key+`"`)+") = 0")
	}
	return strings.Join(none, " and ")
}

// codesInText are the codes of a set that stand in a text, each once: as elements of an array, or as keys of a dictionary whose
// value is not no. What stands there and is no code of the set is unknown.
func (s *Staging) codesInText(c column, text string) string {
	const quoted = `"\s*([^\s":,{}\[\]][^":,{}\[\]]*)"\s*(:\s*("[^"]*"?|[^",}\]]*))?`
	const no = `^:[\s"]*(n|no|f|false|0|null)?[\s"]*$`
	word := "btrim(matched.part[1])"
	return "array(\n            select distinct coalesce(" + s.codeSQL(c, word) + ", 'unknown')" +
		"\n            from regexp_matches(" + text + ", " + postgres.QuoteLiteral(quoted) + ", 'g') as matched (part)" +
		"\n            where matched.part[2] is null or matched.part[2] !~* " + postgres.QuoteLiteral(no) + ")"
}
