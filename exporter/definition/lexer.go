package definition

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	// identifierPattern is the form of names of columns, limits, bands and labels.
	identifierPattern = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

	numberPattern = regexp.MustCompile(`^[0-9]+(\.[0-9]+)?$`)
)

type tokenKind int

const (
	tokenEnd tokenKind = iota
	tokenName
	tokenNumber
	tokenText
	tokenSymbol
)

type token struct {
	kind   tokenKind
	text   string
	offset int
}

func isNameByte(b byte) bool {
	return b == '_' || b == '.' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9'
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// tokenise cuts an expression into tokens. Comments and semicolons are refused, so
// that a definition cannot carry a second statement.
func tokenise(text string) ([]token, error) {
	var tokens []token
	for i := 0; i < len(text); {
		b := text[i]
		switch {
		case b == ' ' || b == '\t' || b == '\n' || b == '\r':
			i++
		case isDigit(b):
			end := i
			for end < len(text) && (isDigit(text[end]) || text[end] == '.') {
				end++
			}
			if !numberPattern.MatchString(text[i:end]) {
				return nil, fmt.Errorf("character %d: %q is not a number", i+1, text[i:end])
			}
			tokens = append(tokens, token{tokenNumber, text[i:end], i})
			i = end
		case isNameByte(b):
			end := i
			for end < len(text) && isNameByte(text[end]) {
				end++
			}
			tokens = append(tokens, token{tokenName, text[i:end], i})
			i = end
		case b == '\'':
			end := strings.IndexByte(text[i+1:], '\'')
			if end < 0 {
				return nil, fmt.Errorf("text that begins at character %d has no closing quote", i+1)
			}
			quoted := text[i+1 : i+1+end]
			if !utf8.ValidString(quoted) || strings.ContainsFunc(quoted, isForbiddenInText) {
				return nil, fmt.Errorf("text that begins at character %d holds a backslash or a control character", i+1)
			}
			tokens = append(tokens, token{tokenText, quoted, i})
			i += end + 2
		default:
			symbol, err := readSymbol(text[i:])
			if err != nil {
				return nil, fmt.Errorf("character %d: %w", i+1, err)
			}
			tokens = append(tokens, token{tokenSymbol, symbol, i})
			i += len(symbol)
		}
	}
	return append(tokens, token{tokenEnd, "the end", len(text)}), nil
}

func readSymbol(rest string) (string, error) {
	if strings.HasPrefix(rest, "--") {
		return "", fmt.Errorf("a comment is not allowed in an expression")
	}
	for _, symbol := range []string{"<>", "<=", ">=", "=", "<", ">", "(", ")", ",", "+", "-", "*", "/"} {
		if strings.HasPrefix(rest, symbol) {
			return symbol, nil
		}
	}
	_, size := utf8.DecodeRuneInString(rest)
	return "", fmt.Errorf("%q is not allowed in an expression", rest[:size])
}

// isForbiddenInText reports whether a quoted text may not hold a character. A server with
// standard_conforming_strings off reads a backslash as the start of an escape,
// and the quote behind it would no longer end the text.
func isForbiddenInText(r rune) bool { return r == '\\' || unicode.IsControl(r) }

// Identifiers returns the words of an SQL text in lower case, without those in comments
// and quoted text. They are the columns and relations a text may read.
func Identifiers(sql string) map[string]bool {
	names := map[string]bool{}
	walkIdentifiers(sql, func(name string, _ bool) { names[name] = true })
	return names
}

// Relations returns the names that may be those of relations: care_leaver.contact
// is a column and no reason to read the relation contact.
func Relations(sql string) map[string]bool {
	relations := map[string]bool{}
	walkIdentifiers(sql, func(name string, qualified bool) {
		if !qualified {
			relations[name] = true
		}
	})
	return relations
}

func walkIdentifiers(sql string, visit func(name string, qualified bool)) {
	for i := 0; i < len(sql); {
		switch {
		case strings.HasPrefix(sql[i:], "--"):
			i += lengthUntil(sql[i:], "\n")
		case strings.HasPrefix(sql[i:], "/*"):
			i += lengthUntil(sql[i:], "*/")
		case sql[i] == '\'':
			i += 1 + lengthUntil(sql[i+1:], "'")
		case isNameByte(sql[i]) && sql[i] != '.':
			end := i
			for end < len(sql) && isNameByte(sql[end]) && sql[end] != '.' {
				end++
			}
			visit(strings.ToLower(sql[i:end]), i > 0 && sql[i-1] == '.')
			i = end
		default:
			i++
		}
	}
}

func lengthUntil(text, mark string) int {
	at := strings.Index(text, mark)
	if at < 0 {
		return len(text)
	}
	return at + len(mark)
}
