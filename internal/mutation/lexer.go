package mutation

import "strings"

type tokenKind int

const (
	word tokenKind = iota
	number
	text
	symbol
)

// token is a piece of SQL, or of the measure language, which looks the same.
type token struct {
	kind     tokenKind
	text     string // words in lower case
	from, to int    // in the source
	// depth counts the brackets and cases around the token; a bracket, case or end itself lies outside.
	depth int
}

// lex cuts a text into tokens and leaves out blanks and comments. A name with its qualifier is one word.
func lex(src string) []token {
	var tokens []token
	depth := 0
	for i := 0; i < len(src); {
		length, kind := nextToken(src[i:])
		if length == 0 {
			i += skipBlank(src[i:])
			continue
		}
		t := token{kind: kind, text: src[i : i+length], from: i, to: i + length}
		if kind == word {
			t.text = strings.ToLower(t.text)
		}
		if t.is(")") || t.is("]") || t.is("end") {
			depth--
		}
		t.depth = depth
		if t.is("(") || t.is("[") || t.is("case") {
			depth++
		}
		tokens = append(tokens, t)
		i += length
	}
	return tokens
}

func (t token) is(what string) bool { return t.kind != text && t.text == what }

// nextToken is the length and kind of the token at the start of a text; length 0 is a blank or comment.
func nextToken(rest string) (length int, kind tokenKind) {
	first := rest[0]
	switch {
	case skipBlank(rest) > 0:
		return 0, symbol
	case first == '\'':
		end := 1
		for end < len(rest) && rest[end] != '\'' {
			end++
		}
		return min(end+1, len(rest)), text
	case isDigit(first):
		return spanOf(rest, func(b byte) bool { return isDigit(b) || b == '.' }), number
	case isLetter(first):
		return spanOf(rest, func(b byte) bool { return isLetter(b) || isDigit(b) || b == '.' }), word
	}
	for _, long := range []string{"<=", ">=", "<>", "!=", "::", "||"} {
		if strings.HasPrefix(rest, long) {
			return len(long), symbol
		}
	}
	return 1, symbol
}

// skipBlank is the length of the blank or comment at the start of a text.
func skipBlank(rest string) int {
	switch {
	case strings.HasPrefix(rest, "--"):
		return spanOf(rest, func(b byte) bool { return b != '\n' })
	case rest[0] == ' ' || rest[0] == '\n' || rest[0] == '\t' || rest[0] == '\r':
		return 1
	}
	return 0
}

func spanOf(rest string, belongs func(byte) bool) int {
	end := 0
	for end < len(rest) && belongs(rest[end]) {
		end++
	}
	return end
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

func isLetter(b byte) bool { return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '_' }
