package reference

import (
	"slices"
	"strings"
)

// flagged looks in a text written like JSON, perhaps cut off or invalid, for what follows a key where it first stands: yes, no
// or neither.
func flagged(text, key string) answer {
	_, rest, ok := strings.Cut(strings.ToLower(text), `"`+strings.ToLower(key)+`"`)
	rest, colon := strings.CutPrefix(strings.TrimSpace(rest), ":")
	if !ok || !colon {
		return notSaid
	}
	rest = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(rest), `"`))
	end := strings.IndexFunc(rest, func(r rune) bool { return r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z') })
	if end < 0 {
		end = len(rest)
	}
	return Row{"said": rest[:end]}.answer("said")
}

// anyFlagged is whether any of several keys says yes, or no if only that is said.
func anyFlagged(text string, keys ...string) answer {
	answered := notSaid
	for _, key := range keys {
		answered = max(answered, flagged(text, key))
	}
	return answered
}

// listed are the codes in a text written like a JSON array of codes, or like a dictionary of codes and whether they hold.
// Whatever stands in quotes in the place of a code and is none is "unknown".
func listed(text string, code func(string) string) []string {
	var codes []string
	for {
		start := strings.IndexByte(text, '"')
		if start < 0 {
			return codes
		}
		text = text[start+1:]
		end := strings.IndexByte(text, '"')
		if end < 0 {
			return codes
		}
		word := text[:end]
		if strings.ContainsAny(word, ":,{}[]") || strings.TrimSpace(word) == "" {
			continue
		}
		text = text[end+1:]
		holds := true
		if after := strings.TrimSpace(text); strings.HasPrefix(after, ":") {
			var value string
			value, text = valueOf(strings.TrimSpace(after[1:]))
			holds = !slices.Contains([]string{"", "n", "no", "f", "false", "0", "null"}, strings.ToLower(value))
		}
		if value := orUnknown(code(strings.TrimSpace(word))); holds && !slices.Contains(codes, value) {
			codes = append(codes, value)
		}
	}
}

// valueOf splits a text behind a colon into the value, without its quotes, and the rest.
func valueOf(text string) (value, rest string) {
	quoted := strings.HasPrefix(text, `"`)
	stops := `",}]`
	if quoted {
		text, stops = text[1:], `"`
	}
	end := strings.IndexAny(text, stops)
	if end < 0 {
		end = len(text)
	}
	value, rest = strings.TrimSpace(text[:end]), text[end:]
	if quoted {
		rest = strings.TrimPrefix(rest, `"`)
	}
	return value, rest
}
