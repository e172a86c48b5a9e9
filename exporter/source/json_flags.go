package source

import "strings"

// A case system writes outcomes and factors as JSON by hand: it may be cut off or invalid, and free text from the case stands
// beside the flags. Nothing is parsed: known keys and codes are looked for, and nothing else is ever read out of the text.

const flagLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"

// jsonFlag is true where any of the keys says yes, false where none does and one says no, else unknown. A key counts where it
// stands first, before any comment; it is cut out of the text before a pattern looks at it, since a search of the whole text
// by pattern takes ten times as long.
func jsonFlag(keys []string, text string) string {
	var yes, no []string
	for _, key := range keys {
		behind := "split_part(" + text + ", " + quoteLiteral(`"`+key+`"`) + ", 2)"
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
		none = append(none, "strpos("+text+", "+quoteLiteral(`"`+key+`"`)+") = 0")
	}
	return strings.Join(none, " and ")
}

// codesInText are the codes of a set that stand in a text, each once: as elements of an array, or as keys of a dictionary whose
// value is not no. What stands there and is no code of the set is unknown.
func (s *Staging) codesInText(column column, text string) string {
	const quoted = `"\s*([^\s":,{}\[\]][^":,{}\[\]]*)"\s*(:\s*("[^"]*"?|[^",}\]]*))?`
	const no = `^:[\s"]*(n|no|f|false|0|null)?[\s"]*$`
	word := "btrim(found.part[1])"
	return "array(\n            select distinct coalesce(" + s.codeSQL(column, word) + ", 'unknown')" +
		"\n            from regexp_matches(" + text + ", " + quoteLiteral(quoted) + ", 'g') as found (part)" +
		"\n            where found.part[2] is null or found.part[2] !~* " + quoteLiteral(no) + ")"
}
